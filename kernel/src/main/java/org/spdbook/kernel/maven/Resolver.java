package org.spdbook.kernel.maven;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.repository.RemoteRepository;

/**
 * Gets libraries as Maven does: settings.xml of the user and of an installed Maven with their mirrors, proxies and servers, the
 * local repository, and the repositories added here. Safe for any thread.
 */
public final class Resolver {

    private final Map<String, Repository> added = new LinkedHashMap<>();

    /** Adds a repository to those of the settings; one of the same id is replaced. */
    public synchronized void add(Repository repository) {
        added.put(repository.id(), repository);
    }

    private synchronized List<RemoteRepository> added() {
        return added.values().stream().map(Repository::remote).toList();
    }

    /** The repositories that are asked, in order, after mirrors. */
    public List<Repository> repositories() {
        try (Context context = context(false)) {
            return new Resolving(context, new Wanted(List.of(), List.of(), false, false, false), added())
                    .repositories().stream()
                            .map(one -> new Repository(one.getId(), one.getUrl()))
                            .toList();
        }
    }

    /**
     * Gets libraries with what they need at run time. When a repository cannot be reached, the local one alone is tried.
     *
     * @throws MavenException if there is one that cannot be had
     */
    public Resolution resolve(Wanted wanted, Progress progress) throws MavenException {
        try (Context context = context(wanted.offline())) {
            var resolving = new Resolving(context, wanted, added());
            try {
                return resolving.run(progress);
            } catch (RepositoryException e) {
                Failures failures = resolving.failures(e);
                if (wanted.offline() || progress.isCancelled() || !failures.isUnreachable()) {
                    throw new MavenException(failures.sentence());
                }
                return offline(wanted, progress, failures);
            }
        }
    }

    private Resolution offline(Wanted wanted, Progress progress, Failures failures) throws MavenException {
        try (Context context = context(true)) {
            Resolution found = new Resolving(context, wanted.asOffline(), added()).run(progress);
            return new Resolution(found.jars(), found.sources(), true);
        } catch (RepositoryException e) {
            throw new MavenException(failures.sentence());
        }
    }

    private static Context context(boolean offline) {
        ContextOverrides.Builder builder =
                ContextOverrides.create().withUserSettings(true).userProperties(userProperties());
        if (offline) {
            builder.offline(true); // settings.xml may say so too
        }
        mavenHome().ifPresent(builder::withMavenSystemHomeOverride);
        return new StandaloneStaticRuntime().create(builder.build());
    }

    /** What one would give to Maven by -D. */
    private static Map<String, String> userProperties() {
        Properties system = System.getProperties();
        Map<String, String> properties = new TreeMap<>();
        system.stringPropertyNames().stream()
                .filter(name -> name.startsWith("maven.") || name.startsWith("aether."))
                .forEach(name -> properties.put(name, system.getProperty(name)));
        return properties;
    }

    /** Where Maven is installed, which may have settings for everybody. */
    private static Optional<Path> mavenHome() {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getProperty("maven.home")).map(Path::of).ifPresent(homes::add);
        Optional.ofNullable(System.getenv("MAVEN_HOME")).map(Path::of).ifPresent(homes::add);
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator)) {
            Path mvn = Path.of(folder).resolve("mvn");
            try {
                if (!folder.isEmpty() && Files.isExecutable(mvn)) {
                    homes.add(mvn.toRealPath().resolveSibling("..").normalize());
                }
            } catch (IOException e) {
                // then it is not there
            }
        }
        return homes.stream()
                .filter(home -> Files.isRegularFile(home.resolve("conf/settings.xml")))
                .findFirst();
    }
}

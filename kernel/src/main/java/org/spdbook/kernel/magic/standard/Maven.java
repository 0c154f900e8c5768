package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.maven.Coordinates;
import org.spdbook.kernel.maven.MavenException;
import org.spdbook.kernel.maven.Repository;
import org.spdbook.kernel.maven.Resolution;
import org.spdbook.kernel.maven.Resolver;
import org.spdbook.kernel.maven.Wanted;

/** {@code %maven GROUP:ARTIFACT:VERSION}: adds libraries from Maven repositories. */
public final class Maven extends StandardMagic {

    /** Made by ServiceLoader. */
    public Maven() {
        super(Usage.of(
                        "maven",
                        "%maven GROUP:ARTIFACT[:VERSION] ...\n%%maven",
                        "adds libraries and what they need, from Maven repositories")
                .option("--repo", "URL", "asks this repository too; %repo adds one for the session")
                .option("--offline", "", "asks the local repository alone")
                .option("--sources", "", "gets the sources too, for inspection")
                .option(
                        "--update",
                        "",
                        "asks again for snapshots and newest versions, which is done once a day otherwise")
                .notes("""
                        All coordinates of a line are resolved together, as the dependencies of one Maven project at run time. Without a
                        version the newest release is taken; a version may be a range such as [2,3). GROUP:ARTIFACT:pom:VERSION is a
                        bill of materials that gives versions; GROUP:ARTIFACT:jar:CLASSIFIER:VERSION names a classifier.
                        The rest of a cell may hold coordinates, one in a line, or dependency elements copied from a pom.
                        settings.xml, its mirrors, servers and proxies, and the local repository are those of Maven itself. The classes
                        can be used in the next line. What is added wins over the kernelspec's libraries unless these are shared."""));
    }

    @Override
    public String run(MagicCall call) throws Exception {
        Given given = usage().read(call.arguments());
        List<String> coordinates = new ArrayList<>(given.words());
        call.body().ifPresent(body -> coordinates.addAll(Coordinates.lines(body)));
        if (coordinates.isEmpty()) {
            throw given.wrong();
        }
        Session session = call.session();
        try {
            List<Repository> repositories = new ArrayList<>();
            for (String address : given.values("--repo")) {
                repositories.add(Repository.at(Repo.url(address, session)));
            }
            var wanted = new Wanted(
                    coordinates, repositories, given.has("--offline"), given.has("--sources"), given.has("--update"));
            Resolution found = resolve(wanted, session);
            return added(found, given.has("--sources"), session);
        } catch (MavenException e) {
            throw new MagicException(String.valueOf(e.getMessage()));
        }
    }

    /** On a thread of its own, since a connection that hangs cannot be interrupted. */
    @SuppressWarnings("try") // closing the registration is all it is for
    private static Resolution resolve(Wanted wanted, Session session) throws Exception {
        Resolver resolver = session.shared(Resolver.class, Resolver::new);
        var bar = new DownloadBar(session);
        var work = new FutureTask<Resolution>(() -> resolver.resolve(wanted, bar));
        Thread thread = new Thread(work, "maven");
        thread.setDaemon(true);
        try (Session.Registration registered = session.onInterrupt(() -> {
            bar.cancel();
            work.cancel(true);
        })) {
            thread.start();
            return work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (CancellationException | InterruptedException e) {
            work.cancel(true);
            throw new MagicException("%maven was interrupted; nothing was added to the class path");
        } finally {
            bar.close();
        }
    }

    private static String added(Resolution found, boolean sources, Session session) throws IOException {
        var choice = ClassPathChoice.of(found.jars(), session.classPath());
        session.addToClassPath(choice.news().stream().map(Resolution.Jar::file).toList());
        StringBuilder text = new StringBuilder(choice.text());
        if (sources) {
            text.append("\nSources of ")
                    .append(found.sources())
                    .append(" of ")
                    .append(found.jars().size())
                    .append(" jars");
        }
        if (found.unreachable()) {
            text.append("\nRepositories could not be reached; everything was in the local one");
        }
        return text.toString();
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return LocalCoordinates.complete(typed);
    }
}

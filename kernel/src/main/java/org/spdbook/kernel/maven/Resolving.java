package org.spdbook.kernel.maven;

import eu.maveniverse.maven.mima.context.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.MirrorSelector;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.artifact.SubArtifact;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** One resolution within a context of Maven. */
final class Resolving {

    private static final String NEWEST = "RELEASE";

    private final RepositorySystem system;
    private final DefaultRepositorySystemSession session;
    private final List<RemoteRepository> repositories;
    private final Wanted wanted;

    /**
     * A resolution.
     *
     * @param context settings and local repository; closed by the caller
     * @param added repositories besides those of the settings
     */
    Resolving(Context context, Wanted wanted, List<RemoteRepository> added) {
        this.wanted = wanted;
        system = context.repositorySystem();
        session = new DefaultRepositorySystemSession(context.repositorySystemSession());
        session.setMirrorSelector(refusingHttp(session.getMirrorSelector()));
        if (wanted.update()) {
            session.setUpdatePolicy(RepositoryPolicy.UPDATE_POLICY_ALWAYS);
        }
        List<RemoteRepository> more = new ArrayList<>(added);
        more.addAll(wanted.remotes());
        repositories = Stream.concat(
                        context.remoteRepositories().stream(), system.newResolutionRepositories(session, more).stream())
                .map(Resolving::checking)
                .toList();
    }

    /** What comes over the network has to match its checksum; a folder of this machine may have none. */
    private static RemoteRepository checking(RemoteRepository repository) {
        if (repository.getProtocol().equals("file")) {
            return repository;
        }
        return new RemoteRepository.Builder(repository)
                .setReleasePolicy(checking(repository.getPolicy(false)))
                .setSnapshotPolicy(checking(repository.getPolicy(true)))
                .build();
    }

    private static RepositoryPolicy checking(RepositoryPolicy policy) {
        return new RepositoryPolicy(
                policy.isEnabled(), policy.getUpdatePolicy(), RepositoryPolicy.CHECKSUM_POLICY_FAIL);
    }

    /** As Maven's own settings do, also where no Maven is installed: a repository that a pom names is not asked over http. */
    private static MirrorSelector refusingHttp(MirrorSelector settings) {
        return repository -> {
            RemoteRepository mirror = settings == null ? null : settings.getMirror(repository);
            boolean open = repository.getProtocol().toLowerCase(Locale.ROOT).equals("http")
                    && !Repository.isHere(repository.getHost());
            return mirror == null && open
                    ? new RemoteRepository.Builder(repository.getId(), "default", "http://0.0.0.0/")
                            .setBlocked(true)
                            .setMirroredRepositories(List.of(repository))
                            .build()
                    : mirror;
        };
    }

    /** The repositories that are asked, in order. */
    List<RemoteRepository> repositories() {
        return repositories;
    }

    Failures failures(RepositoryException failure) {
        return new Failures(
                failure, repositories, session.getLocalRepository().getBasedir().toString());
    }

    /** Gets everything. */
    Resolution run(Progress progress) throws MavenException, RepositoryException {
        session.setTransferListener(new Transfers(progress));
        List<Artifact> asked = new ArrayList<>();
        List<Dependency> managed = new ArrayList<>();
        for (String coordinates : wanted.coordinates()) {
            Artifact artifact = Coordinates.read(coordinates);
            if (artifact.getExtension().equals("pom")) {
                managed.addAll(managedBy(artifact));
            } else {
                asked.add(artifact);
            }
        }
        var collect = new CollectRequest().setRepositories(repositories).setManagedDependencies(managed);
        asked.forEach(
                artifact -> collect.addDependency(new Dependency(versioned(artifact, managed), JavaScopes.RUNTIME)));
        DependencyNode root = system.resolveDependencies(
                        session,
                        new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)))
                .getRoot();
        List<Artifact> artifacts = new ArrayList<>();
        List<Resolution.Jar> jars = new ArrayList<>();
        collect(root, -1, artifacts, jars);
        return new Resolution(jars, wanted.sources() ? sources(artifacts) : 0, false);
    }

    private List<Dependency> managedBy(Artifact bom) throws RepositoryException {
        return system.readArtifactDescriptor(session, new ArtifactDescriptorRequest(bom, repositories, "bom"))
                .getManagedDependencies();
    }

    private static Artifact versioned(Artifact artifact, List<Dependency> managed) {
        if (!artifact.getVersion().isEmpty()) {
            return artifact;
        }
        String version = managed.stream()
                .map(Dependency::getArtifact)
                .filter(one -> one.getGroupId().equals(artifact.getGroupId())
                        && one.getArtifactId().equals(artifact.getArtifactId()))
                .map(Artifact::getVersion)
                .findFirst()
                .orElse(NEWEST);
        return artifact.setVersion(version);
    }

    private static void collect(DependencyNode node, int depth, List<Artifact> artifacts, List<Resolution.Jar> jars) {
        Artifact artifact = node.getArtifact();
        if (artifact != null
                && artifact.getFile() != null
                && artifact.getFile().getName().endsWith(".jar")) {
            Path file = artifact.getFile().toPath();
            artifacts.add(artifact);
            jars.add(new Resolution.Jar(
                    artifact.getGroupId(), artifact.getArtifactId(), artifact.getVersion(), file, depth));
        }
        node.getChildren().forEach(child -> collect(child, depth + 1, artifacts, jars));
    }

    private int sources(List<Artifact> artifacts) {
        List<ArtifactRequest> requests = artifacts.stream()
                .map(artifact -> new ArtifactRequest(new SubArtifact(artifact, "sources", "jar"), repositories, ""))
                .toList();
        List<ArtifactResult> results;
        try {
            results = system.resolveArtifacts(session, requests);
        } catch (ArtifactResolutionException e) {
            results = e.getResults(); // some have none
        }
        return (int) results.stream().filter(ArtifactResult::isResolved).count();
    }
}

package org.spdbook.kernel.maven;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.eclipse.aether.transfer.MetadataTransferException;
import org.eclipse.aether.transfer.NoRepositoryConnectorException;
import org.eclipse.aether.transfer.RepositoryOfflineException;
import org.jspecify.annotations.Nullable;

/** Turns what Maven's resolver throws into one sentence. */
final class Failures {

    private final List<Throwable> all = new ArrayList<>();
    private final List<RemoteRepository> asked;
    private final String local;

    /**
     * The causes of a failure.
     *
     * @param asked the repositories
     * @param local the folder of the local repository
     */
    Failures(Throwable failure, List<RemoteRepository> asked, String local) {
        this.asked = asked;
        this.local = local;
        collect(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private void collect(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return;
        }
        all.add(failure);
        if (failure instanceof ArtifactResolutionException resolution && resolution.getResults() != null) {
            resolution.getResults().forEach(result -> result.getExceptions().forEach(one -> collect(one, seen)));
        }
        if (failure instanceof DependencyResolutionException resolution && resolution.getResult() != null) {
            resolution.getResult().getCollectExceptions().forEach(one -> collect(one, seen));
        }
        collect(failure.getCause(), seen);
        for (Throwable one : failure.getSuppressed()) {
            collect(one, seen);
        }
    }

    private <T extends Throwable> Optional<T> first(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Whether a repository did not answer, so that the local one alone may still have everything. */
    boolean isUnreachable() {
        return first(ChecksumFailureException.class).isEmpty()
                && first(NoRepositoryConnectorException.class).isEmpty()
                && unreached().isPresent();
    }

    private Optional<Throwable> unreached() {
        return all.stream()
                .filter(one -> one instanceof ArtifactTransferException || one instanceof MetadataTransferException)
                .filter(one -> !(one instanceof ArtifactNotFoundException)
                        && !(one.getCause() instanceof RepositoryOfflineException)
                        && !one.getClass().getSimpleName().endsWith("NotFoundException"))
                .findFirst();
    }

    /** What happened, and what to do. */
    String sentence() {
        Optional<ChecksumFailureException> checksum = first(ChecksumFailureException.class);
        if (checksum.isPresent()) {
            return what() + " was refused, since it is not what its repository says it should be: "
                    + checksum.get().getMessage() + "; try again, or tell who runs " + repositories();
        }
        Optional<NoRepositoryConnectorException> blocked = first(NoRepositoryConnectorException.class);
        if (blocked.isPresent()) {
            return "the repository " + blocked.get().getRepository().getUrl() + " is not asked: "
                    + blocked.get().getMessage();
        }
        Optional<ArtifactNotFoundException> missing = first(ArtifactNotFoundException.class);
        if (isUnreachable()) {
            Throwable unreached = unreached().orElseThrow();
            return what() + " could not be had from " + place(unreached) + ": " + lastWords(unreached)
                    + "; the local repository " + local + " has not everything either";
        }
        if (missing.isPresent()) {
            boolean offline = first(RepositoryOfflineException.class).isPresent()
                    || String.valueOf(missing.get().getMessage()).contains("offline");
            return missing.get().getArtifact()
                    + (offline
                            ? " is not in the local repository " + local + ", and no other is asked offline"
                            : " was not found; asked " + repositories()
                                    + "; check its coordinates, or add its repository by %repo");
        }
        return lastWords(all.get(0)) + "; asked " + repositories();
    }

    private String what() {
        return all.stream()
                .filter(ArtifactTransferException.class::isInstance)
                .map(one -> String.valueOf(((ArtifactTransferException) one).getArtifact()))
                .findFirst()
                .orElse("the list of versions");
    }

    private String repositories() {
        return asked.isEmpty() ? "none" : asked.stream().map(Failures::text).collect(Collectors.joining(", "));
    }

    private String place(Throwable unreached) {
        RemoteRepository repository = unreached instanceof ArtifactTransferException artifact
                ? artifact.getRepository()
                : unreached instanceof MetadataTransferException metadata ? metadata.getRepository() : null;
        return repository == null ? repositories() : text(repository);
    }

    private static String text(RemoteRepository repository) {
        return repository.getId() + " (" + repository.getUrl() + ")";
    }

    private static String lastWords(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String message = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
        return (last instanceof UnknownHostException ? "there is no host " : "") + message;
    }
}

package org.spdbook.kernel.maven;

import java.util.List;
import org.eclipse.aether.repository.RemoteRepository;

/**
 * Libraries to be had in one resolution.
 *
 * @param coordinates as {@link Coordinates} reads them
 * @param repositories addresses asked for this resolution, after those of the session
 * @param offline whether only the local repository is asked
 * @param sources whether the sources come along
 * @param update whether snapshots and lists of versions are asked for again, though they were on the same day
 */
public record Wanted(
        List<String> coordinates, List<Repository> repositories, boolean offline, boolean sources, boolean update) {

    public Wanted {
        coordinates = List.copyOf(coordinates);
        repositories = List.copyOf(repositories);
    }

    Wanted asOffline() {
        return new Wanted(coordinates, repositories, true, sources, update);
    }

    List<RemoteRepository> remotes() {
        return repositories.stream().map(Repository::remote).toList();
    }
}

package org.spdbook.weights.hub;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import org.spdbook.weights.hub.HubException.Kind;

/**
 * Brings a file that the hub has described into the cache.
 *
 * @param settings which cache
 * @param client who loads
 * @param context with what
 */
record CacheLoad(HubSettings settings, HubClient client, DownloadContext context) {

    /**
     * Sees to it that the file is there under its name in the snapshot of its commit.
     *
     * @param asked the file at the revision that was asked for, which is noted to be this commit
     * @param sha256 that it must have; empty for what the hub announces
     * @throws HubException if it cannot be loaded, or the cache cannot be written
     */
    Pulled.How load(HubFile asked, RemoteFile remote, Optional<String> sha256) throws IOException {
        HubCache cache = settings.cache();
        try {
            Pulled.How how = Files.exists(cache.pointer(remote)) ? Pulled.How.CURRENT : locked(remote, sha256);
            cache.remember(asked, remote.commit());
            return how;
        } catch (FileSystemException e) {
            var unwritable = new HubException(
                    Kind.DISK,
                    "the cache " + cache.root() + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); name another folder in HF_HUB_CACHE, or make it writable");
            unwritable.initCause(e);
            throw unwritable;
        }
    }

    private Pulled.How locked(RemoteFile remote, Optional<String> sha256) throws IOException {
        HubCache cache = settings.cache();
        CacheLock lock = CacheLock.take(cache.lock(remote), remote.file().name(), context);
        try (lock) {
            Pulled.How how = Files.exists(cache.blob(remote)) ? Pulled.How.CURRENT : Pulled.How.LOADED;
            if (how == Pulled.How.LOADED) {
                try (PartFile part = PartFile.open(cache.part(remote))) {
                    checkSpace(remote, part);
                    new Transfer(client, remote, part, context).complete(sha256.or(remote::sha256));
                    part.becomes(cache.blob(remote));
                }
            }
            cache.point(remote, settings.symlinks());
            return how;
        }
    }

    private void checkSpace(RemoteFile remote, PartFile part) throws IOException {
        long needed = remote.size() - part.length();
        long free = context.means().freeSpace().applyAsLong(part.path().getParent());
        if (free < needed) {
            throw new HubException(
                    Kind.DISK,
                    String.format(
                            Locale.ROOT,
                            "%s needs %,d MB more, and the disk of %s has %,d MB left; make room there, or name a folder of"
                                    + " another disk in HF_HUB_CACHE",
                            remote.file().name(),
                            (needed + 999_999) / 1_000_000,
                            settings.cache().root(),
                            free / 1_000_000));
        }
    }
}

package org.spdbook.weights;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import javax.net.ssl.SSLException;
import org.spdbook.weights.HubException.Kind;

/**
 * Loads files of a hub into the cache. A file appears there in one move when its size and, for large files, its SHA-256 are what
 * the hub announced; until then it is a file {@code .spd.incomplete}, from whose end a later download goes on.
 *
 * <p>Example: {@code new HubDownload(HubSettings.here()).pull(new HubFile("openai/clip-vit-base-patch16", "main",
 * "config.json"), Optional.empty(), DownloadProgress.SILENT, () -> false).path()}.
 */
public final class HubDownload {

    private static final int MOST_CHANGES = 3;

    private final HubSettings settings;
    private final Means means;

    /**
     * What it takes from the machine.
     *
     * @param pause waits
     * @param freeSpace bytes that can be written to the disk of a folder that is there
     * @param patience how long a host may be silent
     */
    record Means(Pause pause, ToLongFunction<Path> freeSpace, Duration patience) {

        private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

        static Means usual() {
            return new Means(Pause.REAL, Means::freeSpace, USUAL_PATIENCE);
        }

        private static long freeSpace(Path folder) {
            try {
                long bytes = Files.getFileStore(folder).getUsableSpace();
                return bytes < 0 ? Long.MAX_VALUE : bytes;
            } catch (IOException e) {
                return Long.MAX_VALUE; // then the disk itself will say when it is full
            }
        }
    }

    /** Downloads with settings, such as {@link HubSettings#here}. */
    public HubDownload(HubSettings settings) {
        this(settings, Means.usual());
    }

    HubDownload(HubSettings settings, Means means) {
        this.settings = settings;
        this.means = means;
    }

    /**
     * Sees to it that a file is in the cache. Blocks; the hub is asked unless the revision is a commit and the file is there.
     *
     * @param file which
     * @param sha256 that it must have, in lower-case hexadecimal; empty for what the hub announces
     * @param progress told how it goes on
     * @param cancelled asked a few times per second whether to stop
     * @throws HubException if it cannot be had, in one sentence
     * @throws IOException if the cache cannot be written
     * @throws CancelledDownloadException if stopped; what has been loaded is kept
     */
    public Pulled pull(HubFile file, Optional<String> sha256, DownloadProgress progress, BooleanSupplier cancelled)
            throws IOException {
        Optional<Path> cached = settings.cache().find(file);
        if (cached.isPresent() && file.isPinned()) {
            return new Pulled(file, cached.get(), file.revision(), Pulled.How.CURRENT, "");
        }
        if (settings.offline()) {
            return cachedOr(file, cached, unreachable(file, "HF_HUB_OFFLINE is set, so nothing is loaded"));
        }
        var client = new HubClient(settings, means.patience(), cancelled);
        for (int tries = 1; ; tries++) {
            RemoteFile remote;
            try {
                remote = new Retries(means.pause(), progress, cancelled).run(() -> ask(client, file));
            } catch (HubException e) {
                if (e.isMissing()) {
                    throw e;
                }
                return cachedOr(file, cached, e);
            }
            checkExpected(remote, sha256);
            try {
                return load(client, file, remote, sha256, progress, cancelled);
            } catch (HubException e) {
                if (e.kind() != Kind.CHANGED || tries == MOST_CHANGES) {
                    throw e;
                }
                progress.waits("the file was changed on the hub; beginning anew");
            }
        }
    }

    private Pulled load(
            HubClient client,
            HubFile file,
            RemoteFile remote,
            Optional<String> sha256,
            DownloadProgress progress,
            BooleanSupplier cancelled)
            throws IOException {
        Pulled.How how = Pulled.How.CURRENT;
        if (!Files.exists(settings.cache().pointer(remote))) {
            how = load(client, remote, sha256, progress, cancelled);
        }
        settings.cache().remember(file, remote.commit());
        return new Pulled(file, settings.cache().pointer(remote), remote.commit(), how, "");
    }

    private Pulled cachedOr(HubFile file, Optional<Path> cached, HubException reason) throws HubException {
        Optional<String> commit = settings.cache().commit(file.repository(), file.revision());
        if (cached.isEmpty() || commit.isEmpty()) {
            throw reason;
        }
        return new Pulled(file, cached.get(), commit.get(), Pulled.How.UNASKED, reason.reason());
    }

    private RemoteFile ask(HubClient client, HubFile file) throws IOException {
        try {
            return client.ask(file);
        } catch (ConnectException | UnknownHostException | HttpTimeoutException e) {
            throw unreachable(file, settings.endpoint().getHost() + " cannot be reached");
        } catch (SSLException e) {
            throw unreachable(
                    file,
                    "the connection to " + settings.endpoint().getHost() + " is not safe (" + e.getMessage() + ")");
        }
    }

    private HubException unreachable(HubFile file, String why) {
        Path folder = settings.cache().folder(file.repository());
        return HubException.unreachable(
                file + " was looked for in " + folder + " and is not there, and " + why
                        + "; connect (a proxy is given in JAVA_TOOL_OPTIONS: -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT),"
                        + " or load it on another machine and copy its folder " + folder.getFileName() + " to "
                        + settings.cache().root(),
                why);
    }

    private static void checkExpected(RemoteFile remote, Optional<String> sha256) throws HubException {
        if (sha256.isPresent() && remote.sha256().isPresent() && !sha256.equals(remote.sha256())) {
            throw new HubException(
                    Kind.WRONG,
                    remote.file() + " has SHA-256 " + remote.etag() + " on the hub, " + sha256.get()
                            + " was expected; it is another file now: name the revision that has the expected one");
        }
    }

    private Pulled.How load(
            HubClient client,
            RemoteFile remote,
            Optional<String> sha256,
            DownloadProgress progress,
            BooleanSupplier cancelled)
            throws IOException {
        HubCache cache = settings.cache();
        CacheLock lock = CacheLock.take(
                cache.lock(remote),
                means.pause(),
                () -> progress.waits(remote.file().name() + " is being loaded already; waiting for that"),
                cancelled);
        try (lock) {
            if (Files.exists(cache.blob(remote))) {
                cache.point(remote, settings.symlinks());
                return Pulled.How.CURRENT;
            }
            try (PartFile part = PartFile.open(cache.part(remote))) {
                checkSpace(remote, part);
                new Transfer(client, remote, part, progress, cancelled, means).complete(sha256.or(remote::sha256));
                part.becomes(cache.blob(remote));
            }
            cache.point(remote, settings.symlinks());
            return Pulled.How.LOADED;
        }
    }

    private void checkSpace(RemoteFile remote, PartFile part) throws IOException {
        long needed = remote.size() - part.length();
        long free = means.freeSpace().applyAsLong(part.path().getParent());
        if (free < needed) {
            throw new HubException(
                    Kind.DISK,
                    String.format(
                            Locale.ROOT,
                            "%s needs %,d MB more, and the disk of %s has %,d MB left; make room there, or name a folder of"
                                    + " another disk in HF_HUB_CACHE",
                            remote.file().name(),
                            megabytes(needed),
                            settings.cache().root(),
                            free / 1_000_000));
        }
    }

    private static long megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }
}

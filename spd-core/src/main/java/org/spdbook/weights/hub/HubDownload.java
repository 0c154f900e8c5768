package org.spdbook.weights.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.spdbook.weights.hub.HubException.Kind;

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
    private final DownloadContext.Means means;

    /** Downloads with settings, such as {@link HubSettings#here}. */
    public HubDownload(HubSettings settings) {
        this(settings, DownloadContext.Means.usual());
    }

    HubDownload(HubSettings settings, DownloadContext.Means means) {
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
     * @throws IOException if the cache cannot be read
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
        var context = new DownloadContext(means, progress, cancelled);
        var client = new HubClient(settings, context);
        for (int tries = 1; ; tries++) {
            RemoteFile remote;
            try {
                remote = new Retries(context).run(() -> ask(client, file));
            } catch (HubException e) {
                if (e.isMissing()) {
                    throw e;
                }
                return cachedOr(file, cached, e);
            }
            checkExpected(remote, sha256);
            try {
                Pulled.How how = new CacheLoad(settings, client, context).load(file, remote, sha256);
                return new Pulled(file, settings.cache().pointer(remote), remote.commit(), how, "");
            } catch (HubException e) {
                if (e.kind() != Kind.CHANGED || tries == MOST_CHANGES) {
                    throw e;
                }
                progress.waits("the file was changed on the hub; beginning anew");
            }
        }
    }

    private Pulled cachedOr(HubFile file, Optional<Path> cached, HubException reason) throws HubException {
        Optional<String> commit = settings.cache().commit(file.repository(), file.revision());
        if (cached.isEmpty() || commit.isEmpty()) {
            throw reason;
        }
        return new Pulled(file, cached.get(), commit.get(), Pulled.How.UNASKED, reason.reason());
    }

    private RemoteFile ask(HubClient client, HubFile file) throws IOException {
        String host = settings.endpoint().getHost();
        try {
            return client.ask(file);
        } catch (ConnectException | UnknownHostException | HttpTimeoutException e) {
            throw unreachable(file, host + " cannot be reached");
        } catch (SSLException e) {
            throw unreachable(file, "the connection to " + host + " is not safe (" + e.getMessage() + ")");
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
}

package org.spdbook.kernel.magic.standard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.maven.Progress;

/** Downloads as one line that is updated; none is shown when nothing has to come. */
final class DownloadBar implements Progress {

    private static final long PERIOD_NANOS = 200_000_000;

    private final Session session;
    private final long began = System.nanoTime();
    private final Map<String, Long> running = new ConcurrentHashMap<>();
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean cancelled;
    private @Nullable DisplayHandle handle;
    private long shown;

    DownloadBar(Session session) {
        this.session = session;
    }

    /** Ends the downloads; from any thread. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void transferred(String file, long done, long total) {
        running.put(file, done);
        String size = total > 0 ? LocalFile.size(done) + " of " + LocalFile.size(total) : LocalFile.size(done);
        show("Downloading " + file + ", " + size + counted());
    }

    @Override
    public void finished(String file, long size) {
        running.remove(file);
        files.incrementAndGet();
        bytes.addAndGet(size);
        show("Downloaded " + file + counted());
    }

    private String counted() {
        long sum = bytes.get()
                + running.values().stream().mapToLong(Long::longValue).sum();
        return " (" + files.get() + " files done, " + LocalFile.size(sum) + " in all)";
    }

    private synchronized void show(String line) {
        long now = System.nanoTime();
        if (cancelled || (handle != null && now - shown < PERIOD_NANOS)) {
            return;
        }
        shown = now;
        DisplayBundle bundle = DisplayBundle.text(line);
        if (handle == null) {
            handle = session.display(bundle);
        } else {
            handle.update(bundle);
        }
    }

    /** Says what came in all. */
    synchronized void close() {
        if (handle != null) {
            handle.update(DisplayBundle.text((cancelled ? "Interrupted after " : "Downloaded ") + files.get()
                    + (files.get() == 1 ? " file, " : " files, ") + LocalFile.size(bytes.get()) + " in "
                    + Nanos.text((double) (System.nanoTime() - began))));
        }
    }
}

package org.spdbook.magics.front;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.magic.Session;
import org.spdbook.weights.hub.DownloadProgress;

/** One bar for all files, sent at most every 100 ms; the last of each file is sent. */
public final class NotebookDownload implements DownloadProgress {

    private static final long BAR_NANOS = 100_000_000;

    private final Session session;
    private final LongSupplier clock;
    private @Nullable DisplayHandle bar;
    private String name = "";
    private long before;
    private long began;
    private long sent;

    /** Shows nothing before the first file. clock: nanoseconds that never go back. */
    public NotebookDownload(Session session, LongSupplier clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public void begin(String file, long done, long size) {
        name = file;
        before = done;
        began = clock.getAsLong();
        sent = began;
        show(bundle(done, size));
    }

    @Override
    public void loaded(long done, long size) {
        long now = clock.getAsLong();
        if (done == size || now - sent >= BAR_NANOS) {
            sent = now;
            show(bundle(done, size));
        }
    }

    @Override
    public void waits(String why) {
        show(DisplayBundle.text(why).with("text/html", "<code>" + DownloadText.escaped(why) + "</code>"));
    }

    private DisplayBundle bundle(long done, long size) {
        var text = new DownloadText(name, done, size, done - before, (clock.getAsLong() - began) / 1e9);
        return DisplayBundle.text(text.line()).with("text/html", text.html());
    }

    private void show(DisplayBundle shown) {
        if (bar == null) {
            bar = session.display(shown);
        } else {
            bar.update(shown);
        }
    }
}

package org.spdbook.magics.front;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.RunCharts;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.magic.Session;
import org.spdbook.magics.show.ChartRenderer;
import org.spdbook.train.LogEntry;
import org.spdbook.train.Progress;

/** A bar, sent at most every 100 ms, and a loss curve, at most once per second, each in its place; the last of both is sent. */
public final class NotebookProgress implements Progress {

    private static final long BAR_NANOS = 100_000_000;
    private static final long CHART_NANOS = 1_000_000_000;

    private final Session session;
    private final String title;
    private final String method;
    private final LongSupplier clock;
    private final List<LogEntry> entries = new ArrayList<>();
    private final DisplayHandle bar;
    private @Nullable DisplayHandle chart;
    private int before;
    private long began;
    private long barSent;
    private long chartSent;

    /** Shows an empty bar. clock: nanoseconds that never go back. */
    public NotebookProgress(Session session, String title, String method, LongSupplier clock) {
        this.session = session;
        this.title = title;
        this.method = method;
        this.clock = clock;
        this.bar = session.display(DisplayBundle.text(title + ": opening model and data"));
    }

    @Override
    public void begin(String id, int done, int steps) {
        before = done;
        began = clock.getAsLong();
        barSent = began;
        chartSent = began;
        bar.update(bundle(done, steps, Double.NaN));
    }

    @Override
    public void step(int step, int steps, double loss) {
        entries.add(new LogEntry(step, loss, 0, List.of(), List.of()));
        long now = clock.getAsLong();
        boolean last = step == steps;
        if (last || now - barSent >= BAR_NANOS) {
            barSent = now;
            bar.update(bundle(step, steps, loss));
        }
        if (last || now - chartSent >= CHART_NANOS) {
            chartSent = now;
            showChart(steps);
        }
    }

    @Override
    public void skipped(Set<String> sentences) {
        session.display(DisplayBundle.text(ProgressText.skipped(sentences)));
    }

    private void showChart(int steps) {
        DisplayBundle picture = ChartRenderer.still(RunCharts.liveLoss(title, method, entries, steps));
        if (chart == null) {
            chart = session.display(picture);
        } else {
            chart.update(picture);
        }
    }

    private DisplayBundle bundle(int step, int steps, double loss) {
        var text = new ProgressText(step, steps, step - before, (clock.getAsLong() - began) / 1e9, loss);
        return DisplayBundle.text(text.line()).with("text/html", text.html());
    }
}

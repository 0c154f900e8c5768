package org.spdbook.train;

import java.util.List;
import org.spdbook.optim.TensorReport;

/**
 * One step in the log of a run.
 *
 * @param step from 1
 * @param loss of the batch, before the step
 * @param lr learning rate of the step
 * @param reports what the step did per tensor; empty where it was not asked, or the rule selects nothing
 * @param deviations L2 distance per tensor from its anchor after the step; empty where it was not asked
 */
public record LogEntry(int step, double loss, double lr, List<TensorReport> reports, List<Double> deviations) {

    public LogEntry {
        reports = List.copyOf(reports);
        deviations = List.copyOf(deviations);
    }

    /** Deviation over all tensors, the root of the squares' sum; NaN where it was not asked. */
    public double deviation() {
        return deviations.isEmpty()
                ? Double.NaN
                : Math.sqrt(deviations.stream().mapToDouble(d -> d * d).sum());
    }

    /** Share of tensors that were pulled back, in [0, 1]; NaN where it was not asked. */
    public double selected() {
        return reports.isEmpty()
                ? Double.NaN
                : (double) reports.stream().filter(TensorReport::selected).count() / reports.size();
    }
}

package org.spdbook.train;

import java.util.List;

/**
 * What happened in a run, step by step.
 *
 * @param tensors names of the trained tensors, in order
 * @param entries steps in order
 */
public record History(List<String> tensors, List<LogEntry> entries) {

    public History {
        tensors = List.copyOf(tensors);
        entries = List.copyOf(entries);
    }

    /** Loss of every step, before it. */
    public List<Double> losses() {
        return entries.stream().map(LogEntry::loss).toList();
    }

    /** The steps at which the optimiser was asked what it did. */
    public List<LogEntry> reported() {
        return entries.stream().filter(entry -> !entry.deviations().isEmpty()).toList();
    }

    /** {@link #reported} after step 1: in that nothing is displaced yet, so nothing can be pulled back. */
    public List<LogEntry> reportedAfterFirst() {
        return reported().stream().filter(entry -> entry.step() > 1).toList();
    }

    /** The part up to a step. */
    public History upTo(int step) {
        return new History(
                tensors, entries.stream().filter(entry -> entry.step() <= step).toList());
    }
}

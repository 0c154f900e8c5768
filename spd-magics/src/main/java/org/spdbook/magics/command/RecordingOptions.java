package org.spdbook.magics.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Recording;
import picocli.CommandLine;

/** The options that say how often a run is written down; they change no result. */
final class RecordingOptions {

    static final String STEPS = "--checkpoint-every";
    static final String MINUTES = "--checkpoint-minutes";

    private static final double MOST_MINUTES = 1e6;

    @CommandLine.Option(names = STEPS, paramLabel = "STEPS", description = "steps between checkpoints (32)")
    private @Nullable Integer steps;

    @CommandLine.Option(
            names = MINUTES,
            paramLabel = "MINUTES",
            description = "and a checkpoint when the last one is older (10)")
    private @Nullable Double minutes;

    /** What is asked, and for the rest the defaults. */
    Recording recording() {
        Recording recording = Recording.defaults();
        if (steps != null) {
            recording = recording.withCheckpointEvery(steps);
        }
        if (minutes != null) {
            if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
                throw new IllegalArgumentException(MINUTES + " is a time above 0, got " + minutes + "; write e.g. 10");
            }
            recording = recording.withCheckpointAfter(Duration.ofNanos((long) Math.ceil(minutes * 60e9)));
        }
        return recording;
    }

    /** The options as they were written. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (steps != null) {
            words.addAll(List.of(STEPS, steps.toString()));
        }
        if (minutes != null) {
            words.addAll(List.of(MINUTES, minutes.toString()));
        }
        return words;
    }
}

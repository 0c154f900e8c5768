package org.spdbook.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** Fine-tunes the emoji world on noto once per line read, as {@code %spd train} does, and answers each with a line of JSON. */
public final class EmojiFineTune {

    private EmojiFineTune() {}

    /** Reads the name of an optimizer per line until the input ends; writes CPU seconds, deviation and accuracy. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String optimizer = lines.readLine(); optimizer != null; optimizer = lines.readLine()) {
            Map<String, String> options = optimizer.equals("adam-spd") ? Map.of("lambda", "1") : Map.of();
            Run run = Experiment.unstored(
                    Plan.of(ExperimentSpec.of("emoji", "noto", optimizer, 1e-3, 0, options)),
                    Progress.SILENT,
                    new Cancel());
            answers.printf(
                    java.util.Locale.ROOT,
                    "{\"cpu_seconds\": %.4f, \"deviation\": %.4f, \"id\": %.2f}%n",
                    run.cpuSeconds(),
                    run.deviation(),
                    run.accuracy("noto"));
        }
    }
}

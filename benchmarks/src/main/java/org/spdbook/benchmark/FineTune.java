package org.spdbook.benchmark;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.TestPictures;
import org.spdbook.experiment.World;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** Fine-tunes a twin once per line read, as {@code %spd train} does, and answers each with a line of JSON. */
public final class FineTune {

    private FineTune() {}

    /**
     * Reads {@code pictures} or the name of an optimizer per line until the input ends.
     *
     * @param arguments experiment, then domain to train on
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(new Gson()
                    .toJson(
                            line.equals("pictures")
                                    ? pictures(arguments[0], arguments[1])
                                    : fineTune(arguments[0], arguments[1], line)));
        }
    }

    private static Map<String, Object> pictures(String experiment, String domain) throws IOException {
        TestPictures set = TestPictures.of(World.named(experiment), domain, 0);
        var bytes = new ByteArrayOutputStream();
        for (var picture : set.pictures()) {
            bytes.write(picture.values());
        }
        return Map.of("labels", set.labels(), "pictures", Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    private static Map<String, Object> fineTune(String experiment, String domain, String optimizer) {
        Map<String, String> options = optimizer.equals("adam-spd") ? Map.of("lambda", "1") : Map.of();
        Run run = Experiment.unstored(
                Plan.of(ExperimentSpec.of(experiment, domain, optimizer, 1e-3, 0, options)),
                Progress.SILENT,
                new Cancel());
        return Map.of("cpu_seconds", run.cpuSeconds(), "steps", run.losses().size(), "deviation", run.deviation());
    }
}

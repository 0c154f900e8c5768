package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.torch.NativeMemory;

/** Memory of a long training run, in a process of its own whose Java heap is fixed and touched from the beginning. */
class FlatMemoryTest {

    /** What the run may grow by from step 500 to step 2,000: compiled code and the allocator's slack, not arrays. */
    private static final long LIMIT = 8L << 20;

    @Test
    void should_stay_flat_when_two_thousand_steps_are_trained() throws Exception {
        List<Report> reports = train(false, 500, 2000);
        Report early = reports.get(0);
        Report late = reports.get(1);

        assertThat(late.arrays()).isEqualTo(early.arrays());
        assertThat(late.loss()).isLessThan(0.8 * early.loss());
        assumeThat(NativeMemory.resident()).isPresent();
        assertThat(late.resident() - early.resident())
                .as("growth in bytes from %s to %s", early, late)
                .isLessThan(LIMIT);
    }

    /** The measurement itself: one activation of 32 KiB that is not freed in each step must show. */
    @Test
    void should_grow_when_an_array_of_each_step_is_kept() throws Exception {
        List<Report> reports = train(true, 200, 500);
        Report early = reports.get(0);
        Report late = reports.get(1);

        assertThat(late.arrays() - early.arrays()).isEqualTo(300);
        assumeThat(NativeMemory.resident()).isPresent();
        assertThat(late.resident() - early.resident()).isGreaterThan(2 * LIMIT);
    }

    private record Report(int step, long resident, long arrays, double loss) {}

    private static List<Report> train(boolean leaking, int early, int late) throws Exception {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                LongTraining.class.getName(),
                Boolean.toString(leaking),
                Integer.toString(early),
                Integer.toString(late)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            List<Report> reports = output.lines()
                    .map(line -> line.split(" "))
                    .map(words -> new Report(
                            Integer.parseInt(words[0]),
                            Long.parseLong(words[1]),
                            Long.parseLong(words[2]),
                            Double.parseDouble(words[3])))
                    .toList();
            assertThat(process.waitFor()).isZero();
            return reports;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}

package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.spdbook.torch.NativeMemory;

/** Memory of a training step of a vision transformer of 12 layers, each way in a process of its own. */
@Tag("slow")
class RecomputationMemoryTest {

    /** Gradients of 21.7 million weights, 87 MB, are in both; activations are 1.0 GB, of which a block has a twelfth. */
    @Test
    void should_take_less_than_a_third_of_the_memory_when_blocks_are_recomputed() throws Exception {
        assumeThat(NativeMemory.peak()).isPresent();
        double[] plain = measured(false);
        double[] recomputed = measured(true);

        System.out.printf(
                "ViT-S/16, 16 images: plain +%.0f MB, %.1f s; recomputed +%.0f MB, %.1f s%n",
                plain[0] / 1e6, plain[1], recomputed[0] / 1e6, recomputed[1]);
        assertThat(recomputed[0]).isLessThan(plain[0] / 3);
    }

    private static double[] measured(boolean recompute) throws Exception {
        var builder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeSteps.class.getName(),
                        Boolean.toString(recompute)))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // freed blocks go back to the system at once, so that its figure is that of what is in use
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1000000");
        builder.environment().put("MALLOC_TRIM_THRESHOLD_", "1000000");
        Process process = builder.start();
        try (var output = process.inputReader()) {
            String[] words = output.readLine().split(" ");
            assertThat(process.waitFor()).isZero();
            return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}

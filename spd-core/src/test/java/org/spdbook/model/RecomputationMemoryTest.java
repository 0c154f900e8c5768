package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.spdbook.torch.MeasuredProcess;
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
        String[] words = MeasuredProcess.firstLine(LargeSteps.class, Boolean.toString(recompute))
                .split(" ");
        return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
    }
}

package org.spdbook.torch;

import ai.djl.Device;
import org.junit.jupiter.api.Assumptions;

/** The GPU that tests tagged {@code gpu} need; their classes end in {@code GpuTest}, by which the launcher counts them. */
public final class Gpu {

    private Gpu() {}

    /** The first GPU. Where PyTorch can use none, the test is skipped and says so. */
    public static Device orSkip() {
        Assumptions.assumeTrue(
                Torch.gpuCount() > 0,
                () -> "a GPU that PyTorch can use is missing; its natives are those in " + Torch.natives());
        return Device.gpu(0);
    }
}

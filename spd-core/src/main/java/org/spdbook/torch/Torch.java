package org.spdbook.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;

/**
 * DJL's PyTorch engine, started once and always offline: natives come from the class path or from {@code
 * PYTORCH_LIBRARY_PATH}, never from the network. All methods are safe to call from any thread.
 */
public final class Torch {

    private static final Engine ENGINE = start();

    private Torch() {}

    private static Engine start() {
        System.setProperty("ai.djl.offline", "true");
        if (System.getProperty("ai.djl.pytorch.graph_optimizer") == null) {
            System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        }
        Engine engine = Engine.getEngine("PyTorch");
        JniUtils.setGradMode(false);
        return engine;
    }

    /**
     * The device of a word: {@code cpu}, {@code gpu(N)} for the Nth from 0, or {@code gpu} for the first.
     *
     * @throws IllegalArgumentException for another word, or if PyTorch does not see that GPU
     */
    public static Device device(String word) {
        if (word.equals("cpu")) {
            return Device.cpu();
        }
        if (!word.matches("gpu(\\(\\d{1,3}\\))?")) {
            throw new IllegalArgumentException("device " + word + " is not known; choose cpu, gpu or gpu(1)");
        }
        String number = word.replaceAll("\\D", "");
        return seen(Device.gpu(number.isEmpty() ? 0 : Integer.parseInt(number)));
    }

    /** The word of a device, which {@link #device} reads. */
    public static String word(Device device) {
        return device.isGpu() ? "gpu(" + device.getDeviceId() + ")" : "cpu";
    }

    private static Device seen(Device device) {
        if (device.isGpu() && device.getDeviceId() >= gpuCount()) {
            throw new IllegalArgumentException("device " + word(device) + " was asked for, PyTorch sees " + gpuCount()
                    + " GPUs with its natives in " + natives()
                    + "; use cpu, or see `spd doctor` for how to point at a CUDA build");
        }
        return device;
    }

    /**
     * A new manager on a device. The caller closes it, and with it every array attached to it.
     *
     * @throws IllegalArgumentException if the device is a GPU that PyTorch does not see
     */
    public static NDManager newManager(Device device) {
        return ENGINE.newBaseManager(seen(device));
    }

    /** A new manager on the CPU. The caller closes it. */
    public static NDManager newManager() {
        return newManager(Device.cpu());
    }

    /** Version of the PyTorch natives, such as {@code 2.7.1}. */
    public static String version() {
        return ENGINE.getVersion();
    }

    /** The folder that the natives were loaded from; its name says whether they are for the CPU or for a CUDA version. */
    public static String natives() {
        return LibUtils.getLibtorchPath();
    }

    /**
     * Number of GPUs that the natives can use. DJL counts them through CUDA's runtime library; where it does not find that
     * one, but PyTorch says that it can use CUDA, at least the first is there.
     */
    public static int gpuCount() {
        return ENGINE.hasCapability(StandardCapabilities.CUDA) ? Math.max(1, ENGINE.getGpuCount()) : 0;
    }

    /** Seeds PyTorch's own generator (dropout) on all devices. */
    public static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /** Threads that one operation may use; results are repeatable bit by bit only for an equal number. */
    public static int threads() {
        return JniUtils.getNumThreads();
    }

    /** Sets {@link #threads()} for the whole process. */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1, got " + threads);
        }
        JniUtils.setNumThreads(threads);
    }
}

package org.spdbook.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.NativeMemory;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Torch;

/** Steps of one optimizer on tensors of the given shapes: one step per line read, answered by a line of JSON. */
public final class OptimizerSteps {

    private static final double LR = 1e-4;

    private OptimizerSteps() {}

    /**
     * Serves until the input ends.
     *
     * @param arguments shapes, then the optimizer
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (NDManager manager = Torch.newManager()) {
            Autograd.withoutRecording(() -> {
                try {
                    serve(manager, arguments[0], arguments[1], answers);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return true;
            });
        }
    }

    private static void serve(NDManager manager, String shapes, String name, PrintStream answers) throws IOException {
        long before = NativeMemory.resident().orElse(0);
        List<NDArray> values = new ArrayList<>();
        List<NDArray> given = new ArrayList<>();
        for (Shape shape : TensorShapes.of(shapes)) {
            NDArray value = manager.randomNormal(0, 0.02f, shape, DataType.FLOAT32);
            Autograd.track(value);
            values.add(value);
            given.add(manager.randomNormal(0, 1e-3f, shape, DataType.FLOAT32));
        }
        values.forEach(value -> Autograd.valueAndBackward(() -> value.sum().reshape(1)));
        List<NDArray> gradients = Autograd.gradients(values);
        long model = NativeMemory.resident().orElse(0);
        List<Target> targets = new ArrayList<>();
        for (NDArray value : values) {
            targets.add(Target.of("tensor" + targets.size(), value));
        }
        try (var optimizer = new BoundOptimizer(OptimizerService.create(name, Map.of()), new TorchStep(), targets)) {
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            int step = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                step++;
                for (int i = 0; i < given.size(); i++) {
                    Ops.copy(gradients.get(i), given.get(i));
                    if (turned(step, i)) {
                        gradients.get(i).muli(-1);
                    }
                }
                long began = cpuNanos();
                optimizer.step(LR, tensor -> 0);
                long ended = cpuNanos();
                Autograd.zero(gradients); // as the step did at its end; not a part of what is compared
                double seconds = (2 * ended - began - cpuNanos()) / 1e9;
                long own = NativeMemory.resident().orElse(0) - model;
                answers.printf(
                        Locale.ROOT,
                        "{\"cpu_seconds\": %.6f, \"model_mib\": %d, \"optimizer_mib\": %d}%n",
                        seconds,
                        (model - before) >> 20,
                        own >> 20);
            }
        }
    }

    /** Gradients of half of the tensors point back, so that half are pulled, as the emoji world shows in training. */
    private static boolean turned(int step, int tensor) {
        boolean even = tensor / 2 % 2 == 0;
        return step % 2 == 0 && even || step % 2 == 1 && step > 1 && !even;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}

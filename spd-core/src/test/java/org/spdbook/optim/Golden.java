package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/** The problem of paper.md 1.7: A [2, 3] and b [2] in float64 with given gradients, at rate 0.1. */
final class Golden {

    private static final double[] A = {1, cos(1), cos(2), cos(3), cos(4), cos(5)};
    private static final double[] B = {0.1, -0.2};

    private Golden() {}

    private static double cos(int i) {
        return Math.cos(0.3 * i);
    }

    /** The values of A and then of b after some steps of the reference execution. */
    static double[] follow(NDManager manager, UpdateRule rule, int steps) {
        return follow(manager, rule, new ReferenceStep(), steps);
    }

    static double[] follow(NDManager manager, UpdateRule rule, StepExecutor executor, int steps) {
        return follow(manager, rule, executor, steps, Target::of);
    }

    static double[] follow(
            NDManager manager,
            UpdateRule rule,
            StepExecutor executor,
            int steps,
            BiFunction<String, NDArray, Target> target) {
        NDArray a = leaf(manager, A, new Shape(2, 3));
        NDArray b = leaf(manager, B, new Shape(2));
        try (var optimizer = new BoundOptimizer(rule, executor, List.of(target.apply("A", a), target.apply("b", b)))) {
            for (int t = 1; t <= steps; t++) {
                for (int j = 0; j < 2; j++) {
                    NDArray gradient = optimizer.gradients().get(j);
                    double[] g = new double[(int) gradient.size()];
                    for (int i = 0; i < g.length; i++) {
                        g[i] = Math.sin(0.9 * t + 0.5 * i + j);
                    }
                    set(gradient, g);
                }
                optimizer.step(0.1, tensor -> 0.5);
            }
        }
        return DoubleStream.concat(DoubleStream.of(a.toDoubleArray()), DoubleStream.of(b.toDoubleArray()))
                .toArray();
    }

    /** A leaf with a gradient of zeros. */
    static NDArray leaf(NDManager manager, double[] values, Shape shape) {
        return leaf(manager.create(values, shape));
    }

    /** An array as a leaf with a gradient of zeros. */
    static NDArray leaf(NDArray leaf) {
        Autograd.track(leaf);
        Autograd.valueAndBackward(() -> Ops.scaled(leaf.sum(), 0).reshape(1));
        return leaf;
    }

    /** Overwrites a gradient of float32. */
    static void set(NDArray gradient, float[] values) {
        Scope.run(() -> Ops.copy(gradient, gradient.getManager().create(values, gradient.getShape())));
    }

    /** Overwrites a gradient. */
    static void set(NDArray gradient, double[] values) {
        Scope.run(() -> Ops.copy(gradient, gradient.getManager().create(values, gradient.getShape())));
    }
}

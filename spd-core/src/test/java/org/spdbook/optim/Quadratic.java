package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * A convex quadratic of three tensors, A [2, 3], b [4] and a free head h [5] at twice the rate, whose minimum moves a little
 * from step to step, with an optimiser bound to it. Float64, gradients by autograd.
 */
final class Quadratic implements AutoCloseable {

    private static final Map<String, Shape> SHAPES = shapes();

    private final NDManager manager = Torch.newManager();
    private final Parameters parameters = new Parameters(manager);
    private final BoundOptimizer optimizer;
    private final List<String> names;
    private int step;

    private Quadratic(OptimizerCase given, boolean reversed) {
        SHAPES.forEach((name, shape) -> parameters.add(name, manager.create(start(name), shape)));
        names = new ArrayList<>(SHAPES.keySet());
        if (reversed) {
            Collections.reverse(names);
        }
        List<Target> targets = names.stream()
                .map(name -> name.equals("h")
                        ? new Target(name, parameters.get(name), 2, false)
                        : Target.of(name, parameters.get(name)))
                .toList();
        optimizer = new BoundOptimizer(given.rule(), given.execution().executor(), targets);
    }

    static Quadratic of(OptimizerCase given) {
        return new Quadratic(given, false);
    }

    /** The same with its tensors in the opposite order. */
    static Quadratic reversed(OptimizerCase given) {
        return new Quadratic(given, true);
    }

    private static Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("A", new Shape(2, 3));
        shapes.put("b", new Shape(4));
        shapes.put("h", new Shape(5));
        return shapes;
    }

    private static double[] start(String name) {
        return normal("start " + name, 0, (int) SHAPES.get(name).size());
    }

    private static double[] normal(String purpose, int step, int count) {
        RandomStream random = new Seeds(5).stream(purpose, step, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    /** {@code sum over tensors of |p - goal|^2 / 2} with the goal of a step, 1 away from the start in every entry or so. */
    private NDArray loss(int at) {
        NDArray sum = manager.create(new double[1]);
        for (String name : SHAPES.keySet()) {
            int size = (int) SHAPES.get(name).size();
            double[] goal = normal("goal " + name, 0, size);
            double[] noise = normal("noise " + name, at, size);
            for (int i = 0; i < size; i++) {
                goal[i] += 0.2 * noise[i];
            }
            sum = sum.add(Ops.scaled(
                    parameters
                            .get(name)
                            .sub(manager.create(goal, SHAPES.get(name)))
                            .square()
                            .sum(),
                    0.5));
        }
        return sum;
    }

    /** Takes steps with gradients by autograd. Returns the mean loss before them. */
    double run(int steps, double rate) {
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            int at = step++;
            sum += Autograd.valueAndBackward(() -> loss(at));
            ToDoubleFunction<String> draw =
                    name -> new Seeds(9).stream("draw " + name, at, 0).nextDouble();
            optimizer.step(rate, tensor -> draw.applyAsDouble(names.get(tensor)));
        }
        return sum / steps;
    }

    /** All values by name. */
    Map<String, List<Double>> values() {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        SHAPES.keySet().forEach(name -> values.put(name, doubles(parameters.get(name))));
        return values;
    }

    static List<Double> doubles(NDArray array) {
        double[] values = array.toType(DataType.FLOAT64, true).toDoubleArray();
        return java.util.Arrays.stream(values).boxed().toList();
    }

    /** Puts other values in place. */
    void assign(Map<String, NDArray> values) {
        parameters.assign(values);
    }

    void skipTo(int stepsTaken) {
        step = stepsTaken;
    }

    Parameters parameters() {
        return parameters;
    }

    BoundOptimizer optimizer() {
        return optimizer;
    }

    NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        optimizer.close();
        parameters.close();
        manager.close();
    }
}

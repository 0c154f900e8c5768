package org.spdbook.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Module;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;

/** A bottleneck adapter around one module. */
record Bottleneck(
        BottleneckConfig config,
        boolean before,
        NDArray down,
        @Nullable NDArray downBias,
        NDArray up,
        @Nullable NDArray upBias)
        implements Module.Around {

    private static final double SPREAD = .02;

    static Attached attach(BottleneckConfig config, Parameters parameters, RandomGenerator random) {
        Map<String, Shape> modules = AdapterConfig.chosen(AdapterConfig.all(parameters), config.targets());
        Map<String, Shape> shapes = config.shapes(modules);
        var attached = new Attached(parameters, shapes, name -> first(config.form(), name, shapes, random));
        modules.keySet().forEach(name -> {
            Module module = Objects.requireNonNull(parameters.modules().get(name));
            attached.adapt(module, of(config, parameters, name, module));
        });
        return attached;
    }

    private static Bottleneck of(BottleneckConfig config, Parameters parameters, String name, Module module) {
        boolean biases = config.form() == BottleneckConfig.Form.RELU;
        String down = name + BottleneckConfig.DOWN;
        String up = name + BottleneckConfig.UP;
        return new Bottleneck(
                config,
                config.isBefore(module.in(), module.out()),
                parameters.get(down + ".weight"),
                biases ? parameters.get(down + ".bias") : null,
                parameters.get(up + ".weight"),
                biases ? parameters.get(up + ".bias") : null);
    }

    private static DoubleSupplier first(
            BottleneckConfig.Form form, String name, Map<String, Shape> shapes, RandomGenerator random) {
        if (form == BottleneckConfig.Form.TANH) {
            return () -> SPREAD * random.nextGaussian();
        }
        if (name.contains(BottleneckConfig.UP)) {
            return () -> 0;
        }
        Shape weight = Objects.requireNonNull(shapes.get(name.replace(".bias", ".weight")));
        double bound = 1 / Math.sqrt((double) weight.get(1));
        return () -> random.nextDouble(-bound, bound);
    }

    @Override
    public NDArray forward(NDArray x, UnaryOperator<NDArray> module) {
        if (before) {
            return module.apply(x.add(added(x)));
        }
        NDArray output = module.apply(x);
        return output.add(added(config.place() == BottleneckConfig.Place.PARALLEL ? x : output));
    }

    private NDArray added(NDArray z) {
        return Precision.FLOAT32.during(() -> {
            NDArray inner = Ops.linear(Ops.full(z), down, downBias);
            NDArray bent = config.form() == BottleneckConfig.Form.RELU ? Ops.relu(inner) : inner.tanh();
            NDArray outer = Ops.linear(bent, up, upBias);
            return config.scale() == 1 ? outer : Ops.scaled(outer, config.scale());
        });
    }
}

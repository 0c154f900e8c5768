package org.spdbook.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Recomputation;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;

/**
 * Low-rank adapters in a model, see {@link LoraConfig}. Merged, their product is added to the weights, which then compute as fast as before, and the adapters
 * rest.
 *
 * <pre>{@code
 * Lora lora = new LoraConfig(8, 16, 0, AdapterConfig.targets(List.of("q_proj", "v_proj"))).attach(llama.parameters(), random);
 * }</pre>
 */
public final class Lora extends Attached {

    private static final long NOT_TRAINING = -1;

    private final LoraConfig config;
    private final List<Factors> factors = new ArrayList<>();
    private final Map<String, NDArray> before = new LinkedHashMap<>();

    private Lora(
            LoraConfig config,
            Parameters parameters,
            Map<String, Shape> shapes,
            Function<String, DoubleSupplier> first) {
        super(parameters, shapes, first);
        this.config = config;
    }

    /**
     * The adapter of one layer.
     *
     * @param module name of the layer
     * @param linear the layer
     * @param a [rank, in]
     * @param b [out, rank]
     */
    public record Factors(String module, Linear linear, NDArray a, NDArray b) {}

    static Lora attach(LoraConfig config, Parameters parameters, RandomGenerator random) {
        Map<String, Shape> modules = AdapterConfig.chosen(AdapterConfig.linear(parameters), config.targets());
        Map<String, Shape> shapes = config.shapes(modules);
        Lora lora = new Lora(config, parameters, shapes, name -> {
            double bound = 1
                    / Math.sqrt(
                            (double) Objects.requireNonNull(shapes.get(name)).get(1));
            return name.endsWith(LoraConfig.A) ? () -> random.nextDouble(-bound, bound) : () -> 0;
        });
        lora.targets().forEach(Target::round);
        modules.keySet().forEach(name -> {
            Linear linear = (Linear) Objects.requireNonNull(parameters.modules().get(name));
            var own =
                    new Factors(name, linear, parameters.get(name + LoraConfig.A), parameters.get(name + LoraConfig.B));
            lora.factors.add(own);
            lora.adapt(own);
        });
        return lora;
    }

    private void adapt(Factors own) {
        double scale = config.scale(own.module);
        adapt(
                own.linear,
                (x, module) -> config.precision() == Precision.BF16
                        ? Ops.loraBf16(module.apply(x), dropped(x), own.a, own.b, scale)
                        : Ops.lora(module.apply(x), dropped(x), own.a, own.b, scale));
    }

    /** Of the input, some values set to 0 in training; the same ones when a block is recomputed, which is after the loss, out of training. */
    private NDArray dropped(NDArray x) {
        if (config.dropout() == 0) {
            return x;
        }
        long seed = Recomputation.once(() -> parameters().isTraining() ? Ops.randomInteger() : NOT_TRAINING);
        if (seed == NOT_TRAINING) {
            return x;
        }
        Torch.seed(seed);
        return Ops.dropoutByMask(x, config.dropout());
    }

    @Override
    public List<Target> targets() {
        return super.targets().stream()
                .map(target -> target.in(config.precision()))
                .toList();
    }

    /** The adapters in the model's order. */
    public List<Factors> factors() {
        return List.copyOf(factors);
    }

    /** Sizes. */
    public LoraConfig config() {
        return config;
    }

    /** What an adapter adds to the weight of its layer, [out, in], float32; the caller's scope owns it. */
    public NDArray update(Factors own) {
        return Scope.of(() -> Ops.scaled(own.b.matMul(own.a), config.scale(own.module)));
    }

    /** L2 norm of all that the adapters add to weights, in float64. */
    public double norm() {
        return Autograd.withoutRecording(() -> Math.sqrt(factors.stream()
                .mapToDouble(one -> Scope.compute(() -> update(one)
                        .toType(DataType.FLOAT64, true)
                        .square()
                        .sum()
                        .getDouble()))
                .sum()));
    }

    /**
     * Adds the products to the weights and takes the adapters out of the way; nothing if they are merged. Keeps a copy of the weights, which {@link #detach} frees. Weights of
     * bfloat16 round what is added.
     */
    public void merge() {
        if (!before.isEmpty()) {
            return;
        }
        Autograd.withoutRecording(() -> {
            for (Factors one : factors) {
                NDArray weight = one.linear.weight();
                before.put(one.module, Scope.keep(weight.duplicate()));
                Scope.run(() -> Ops.copy(weight, Ops.full(weight).add(update(one))));
                rest(one.linear);
            }
            return null;
        });
    }

    /** Undoes {@link #merge}, to the last bit; nothing if they are not merged. */
    public void unmerge() {
        if (before.isEmpty()) {
            return;
        }
        Autograd.withoutRecording(() -> {
            for (Factors one : factors) {
                try (NDArray kept = Objects.requireNonNull(before.get(one.module))) {
                    Ops.copy(one.linear.weight(), kept);
                }
                adapt(one);
            }
            return null;
        });
        before.clear();
    }

    /** Takes the adapters away; if they are merged, the weights keep what was added. */
    @Override
    public void detach() {
        before.values().forEach(NDArray::close);
        before.clear();
        super.detach();
    }
}

package org.spdbook.peft;

import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.spdbook.nn.Parameters;

/**
 * Bottleneck adapters {@code a(z) = scale up(act(down(z)))}, computed in float32, as Hu et al., <i>LLM-Adapters</i>, EMNLP 2023, put them around modules:
 *
 * <pre>
 *   SERIES    y = W(x + a(x)) where the module widens, else y = u + a(u) with u = W x: on its narrow side
 *   PARALLEL  y = W x + a(x)
 * </pre>
 *
 * @param place where
 * @param size width of the bottleneck, at least 1
 * @param form of the adapter and its first values
 * @param scale factor of what it adds
 * @param targets regular expression of whole names of modules
 */
public record BottleneckConfig(Place place, int size, Form form, double scale, Pattern targets)
        implements AdapterConfig {

    static final String DOWN = ".adapter_down";
    static final String UP = ".adapter_up";

    /** Where an adapter is put. */
    public enum Place {
        /** Before the module or behind it. */
        SERIES,
        /** Beside it. */
        PARALLEL
    }

    /** What an adapter is made of. */
    public enum Form {
        /** tanh, no biases, both matrices normal with s.d. 0.02: LLM-Adapters. The model is another one at once. */
        TANH,
        /**
         * ReLU, biases; {@code down} as PyTorch's linear layers, uniform within {@code 1 / sqrt(in)}, {@code up} zero: the model begins as
         * it was.
         */
        RELU
    }

    public BottleneckConfig {
        if (size < 1 || !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a bottleneck adapter needs a size of at least 1 and a scale above 0, got " + size + " and " + scale
                            + "; 256 and 1 are those of LLM-Adapters");
        }
    }

    @Override
    public Map<String, Shape> shapes(Map<String, Shape> modules) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        AdapterConfig.chosen(modules, targets).forEach((name, shape) -> {
            shapes.put(name + DOWN + ".weight", new Shape(size, taken(shape)));
            if (form == Form.RELU) {
                shapes.put(name + DOWN + ".bias", new Shape(size));
            }
            shapes.put(name + UP + ".weight", new Shape(given(shape), size));
            if (form == Form.RELU) {
                shapes.put(name + UP + ".bias", new Shape(given(shape)));
            }
        });
        return shapes;
    }

    /** Whether the adapter stands before a module rather than behind or beside it. */
    boolean isBefore(long in, long out) {
        return place == Place.SERIES && in < out;
    }

    private long taken(Shape module) {
        long out = module.get(0);
        long in = module.get(1);
        return place == Place.PARALLEL || isBefore(in, out) ? in : out;
    }

    private long given(Shape module) {
        long out = module.get(0);
        long in = module.get(1);
        return isBefore(in, out) ? in : out;
    }

    @Override
    public BottleneckConfig without(Collection<String> modules) {
        return new BottleneckConfig(place, size, form, scale, AdapterConfig.without(targets, modules));
    }

    @Override
    public Attached attach(Parameters parameters, RandomGenerator random) {
        return Bottleneck.attach(this, parameters, random);
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A bottleneck adapter behind a part of a transformer block: {@code x + up(gelu(down(x)))}. {@code up} begins as zeros, so the block begins as it
 * was. Source: Houlsby et al., <i>Parameter-efficient transfer learning for NLP</i>, ICML 2019; in vision transformers as the row <i>Adapter</i> of the
 * paper's Table 4.
 *
 * @param down width to bottleneck
 * @param up bottleneck to width
 */
public record Adapter(Linear down, Linear up) {

    /** A part of every name of an adapter's tensors; those of {@code peft} have it too, which no model has together with these. */
    public static final String MARK = ".adapter_";

    /** The place behind attention. */
    public static final String ATTENTION = "attention";

    /** The place behind the MLP. */
    public static final String MLP = "mlp";

    private static final double SPREAD = .02;

    /** x: [.., width]; same shape. */
    public NDArray forward(NDArray x) {
        return x.add(up.forward(Activation.GELU.forward(down.forward(x))));
    }

    /** The adapter of a place in a model; what changes nothing if the parameters have none there. */
    public static UnaryOperator<NDArray> in(Parameters parameters, String prefix, String place) {
        String name = prefix + MARK + place;
        return parameters.names().contains(name + ".down.weight")
                ? new Adapter(Linear.of(parameters, name + ".down"), Linear.of(parameters, name + ".up"))::forward
                : UnaryOperator.identity();
    }

    /**
     * Adds the tensors of a block's two adapters: {@code down} normal with s.d. 0.02, all else zero.
     *
     * @param prefix of the block
     * @param normal standard normal random numbers
     */
    public static void add(Parameters parameters, NDManager manager, String prefix, Size size, DoubleSupplier normal) {
        add(parameters, manager, prefix, ATTENTION, size, normal);
        add(parameters, manager, prefix, MLP, size, normal);
    }

    private static void add(
            Parameters parameters, NDManager manager, String prefix, String place, Size size, DoubleSupplier normal) {
        String name = prefix + MARK + place;
        float[] down = new float[size.bottleneck * size.width];
        for (int i = 0; i < down.length; i++) {
            down[i] = (float) (SPREAD * normal.getAsDouble());
        }
        parameters.add(name + ".down.weight", manager.create(down, new Shape(size.bottleneck, size.width)));
        parameters.add(name + ".down.bias", manager.zeros(new Shape(size.bottleneck)));
        parameters.add(name + ".up.weight", manager.zeros(new Shape(size.width, size.bottleneck)));
        parameters.add(name + ".up.bias", manager.zeros(new Shape(size.width)));
    }

    /**
     * Sizes of an adapter.
     *
     * @param width of the tokens
     * @param bottleneck values in between, at least 1
     */
    public record Size(int width, int bottleneck) {

        /** A bottleneck that is so many times narrower than the tokens. */
        public static Size reduced(int width, int times) {
            return new Size(width, Math.max(1, width / times));
        }
    }

    /** Those of the names that belong to adapters. */
    public static Set<String> names(Parameters parameters) {
        return parameters.names().stream().filter(name -> name.contains(MARK)).collect(Collectors.toUnmodifiableSet());
    }
}

package org.spdbook.twin.answers;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import org.spdbook.nn.Parameters;
import org.spdbook.train.RandomStream;

/**
 * Values before any training, as the reference begins: PyTorch's usual ones of its linear layers and its transformer layers, and normal ones with
 * s.d. 0.02 in the language model, what ends one of its blocks divided by the root of the number of such ends.
 */
final class AnswersWeights {

    private static final double SPREAD = .02;

    private AnswersWeights() {}

    /**
     * Adds fresh parameters.
     *
     * @param shapes by name, in the order of the parameters
     * @param random stream of the n-th of them
     */
    static void add(
            Map<String, Shape> shapes, Parameters parameters, NDManager manager, IntFunction<RandomStream> random) {
        int index = 0;
        for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
            DoubleSupplier initial = initial(entry.getKey(), shapes, random.apply(index++));
            float[] values = new float[(int) entry.getValue().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) initial.getAsDouble();
            }
            parameters.add(entry.getKey(), manager.create(values, entry.getValue()));
        }
    }

    private static DoubleSupplier initial(String name, Map<String, Shape> shapes, RandomStream random) {
        if (name.matches(".*(n1|n2|norm|layernorm)\\.weight")) {
            return () -> 1;
        }
        // attention begins without biases
        if (name.matches(".*(n1|n2|norm|qkv|proj)\\.bias")) {
            return () -> 0;
        }
        if (name.startsWith(AnswersModel.LANGUAGE) || name.endsWith("pos")) {
            boolean ends = name.matches(".*(o|down)_proj\\.weight");
            double spread =
                    ends ? SPREAD / Math.sqrt(2.0 * AnswersModel.config(true).depth()) : SPREAD;
            return () -> spread * random.nextGaussian();
        }
        Shape weight = shapes.getOrDefault(name.replace(".bias", ".weight"), new Shape(1, 1));
        double out = weight.get(0);
        double in = weight.get(1);
        double bound = name.endsWith("qkv.weight") ? Math.sqrt(6 / (in + out)) : 1 / Math.sqrt(in);
        return () -> random.uniform(-bound, bound);
    }
}

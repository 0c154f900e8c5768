package org.spdbook.twin.vision;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.spdbook.nn.Parameters;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * Values before any training: linear layers and convolutions uniform within {@code 1/sqrt(in)} as PyTorch's, norms 1 and 0, positions
 * normal with s.d. 0.02.
 */
public final class InitialWeights {

    private InitialWeights() {}

    /**
     * Adds fresh parameters.
     *
     * @param shapes by name, in the order of the parameters
     */
    public static void add(Map<String, Shape> shapes, Parameters parameters, NDManager manager, Seeds seeds) {
        int index = 0;
        for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
            String name = entry.getKey();
            RandomStream random = seeds.stream("initial weights", 0, index++);
            float[] values = new float[(int) entry.getValue().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) initial(name, shapes, random);
            }
            parameters.add(name, manager.create(values, entry.getValue()));
        }
    }

    private static double initial(String name, Map<String, Shape> shapes, RandomStream random) {
        if (name.endsWith("pos")) {
            return 0.02 * random.nextGaussian();
        }
        boolean normLayer = name.matches(".*(n1|n2|norm)\\.(weight|bias)");
        if (normLayer) {
            return name.endsWith("weight") ? 1 : 0;
        }
        Shape weight = shapes.getOrDefault(name.replace(".bias", ".weight"), new Shape(1, 1));
        double bound = 1 / Math.sqrt((double) weight.size() / weight.get(0));
        return random.uniform(-bound, bound);
    }
}

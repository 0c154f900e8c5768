package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.spdbook.nn.Activation;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Mlp;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.nn.StackedSelfAttention;
import org.spdbook.nn.TransformerBlock;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * A small vision transformer with the output of CLIP's image tower: patches through an MLP, learned positions, pre-norm
 * blocks, mean over tokens, a projection, and unit length. Recipe: twins.md 0 and 1. Holds no state besides its parameters,
 * which it does not own.
 */
public final class TinyVit {

    private static final String PREFIX = "v.";

    private final TinyVitConfig config;
    private final Linear stem;
    private final Linear embed;
    private final NDArray positions;
    private final List<TransformerBlock> blocks;
    private final LayerNorm norm;
    private final Linear projection;

    /** The model on parameters named as in {@link #shapes}. */
    public TinyVit(TinyVitConfig config, Parameters parameters) {
        this.config = config;
        this.stem = Linear.of(parameters, PREFIX + "stem1");
        this.embed = Linear.of(parameters, PREFIX + "emb");
        this.positions = parameters.get(PREFIX + "pos");
        this.blocks = IntStream.range(0, config.depth())
                .mapToObj(i -> block(parameters, PREFIX + "blocks." + i))
                .toList();
        this.norm = LayerNorm.of(parameters, PREFIX + "norm");
        this.projection = Linear.withoutBias(parameters, PREFIX + "vproj");
    }

    private TransformerBlock block(Parameters parameters, String prefix) {
        return new TransformerBlock(
                LayerNorm.of(parameters, prefix + ".n1"),
                new StackedSelfAttention(
                                Linear.of(parameters, prefix + ".qkv"),
                                Linear.of(parameters, prefix + ".proj"),
                                config.heads())::forward,
                LayerNorm.of(parameters, prefix + ".n2"),
                new Mlp(
                        Linear.of(parameters, prefix + ".f1"),
                        Activation.GELU_TANH,
                        Linear.of(parameters, prefix + ".f2")));
    }

    /**
     * Embeddings of images.
     *
     * @param images [n, image, image, channels], float32
     * @return [n, embedding], rows of length 1
     */
    public NDArray forward(NDArray images) {
        return Scope.of(() -> {
            NDArray x = Scope.of(() -> embed.forward(Ops.geluTanh(stem.forward(Ops.patches(images, config.patch()))))
                    .add(positions));
            for (TransformerBlock block : blocks) {
                x = block.forward(x);
            }
            return Ops.l2Normalize(projection.forward(norm.forward(x).mean(new int[] {1})));
        });
    }

    /** Names and shapes of all parameters, in the order of the forward pass. */
    public static Map<String, Shape> shapes(TinyVitConfig c) {
        long patchSize = (long) c.patch() * c.patch() * c.channels();
        Shapes shapes = new Shapes()
                .add(PREFIX + "pos", 1, c.tokens(), c.width())
                .linear(PREFIX + "stem1", c.stem(), patchSize)
                .linear(PREFIX + "emb", c.width(), c.stem());
        for (int i = 0; i < c.depth(); i++) {
            String block = PREFIX + "blocks." + i;
            shapes.norm(block + ".n1", c.width())
                    .linear(block + ".qkv", 3L * c.width(), c.width())
                    .linear(block + ".proj", c.width(), c.width())
                    .norm(block + ".n2", c.width())
                    .linear(block + ".f1", c.hidden(), c.width())
                    .linear(block + ".f2", c.width(), c.hidden());
        }
        return shapes.norm(PREFIX + "norm", c.width())
                .add(PREFIX + "vproj.weight", c.embedding(), c.width())
                .asMap();
    }

    /**
     * Adds freshly initialised parameters: linear layers uniform within {@code 1/sqrt(in)} as PyTorch's, norms 1 and 0,
     * positions normal with s.d. 0.02.
     */
    public static void initialize(TinyVitConfig config, Parameters parameters, NDManager manager, Seeds seeds) {
        Map<String, Shape> shapes = shapes(config);
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
        double bound = 1 / Math.sqrt((double) weight.get(1));
        return random.uniform(-bound, bound);
    }
}

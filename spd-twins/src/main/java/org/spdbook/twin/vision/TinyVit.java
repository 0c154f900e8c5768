package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.nn.TransformerBlock;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

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
                .mapToObj(i -> TinyBlock.of(parameters, PREFIX + "blocks." + i, config.heads()))
                .toList();
        this.norm = LayerNorm.of(parameters, PREFIX + "norm");
        this.projection = Linear.withoutBias(parameters, PREFIX + "vproj");
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
            TinyBlock.shapes(shapes, PREFIX + "blocks." + i, c.width(), c.hidden());
        }
        return shapes.norm(PREFIX + "norm", c.width())
                .add(PREFIX + "vproj.weight", c.embedding(), c.width())
                .asMap();
    }
}

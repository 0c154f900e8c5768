package org.spdbook.twin.answers;

import ai.djl.ndarray.NDArray;
import java.util.List;
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
import org.spdbook.twin.vision.TinyBlock;

/**
 * A vision transformer of two pre-norm blocks: 16 tokens of 8 x 8 pixels with learned positions. {@code ViT} in {@code
 * reference/language/vlm2.py}. Holds no state besides its parameters, which it does not own.
 */
final class VisionTower {

    /** What the names of its tensors begin with. */
    static final String PREFIX = "vision.";

    /** Width of the tokens. */
    static final int WIDTH = 96;

    /** Tokens of a picture. */
    static final int TOKENS = 16;

    private static final int PATCH = 8;
    private static final int HIDDEN = 256;
    private static final int DEPTH = 2;
    private static final int HEADS = 4;

    private final Linear patches;
    private final NDArray positions;
    private final List<TransformerBlock> blocks;
    private final LayerNorm norm;

    /** The tower on parameters named as in {@link #shapes}. */
    VisionTower(Parameters parameters) {
        patches = Linear.of(parameters, PREFIX + "patch");
        positions = parameters.get(PREFIX + "pos");
        blocks = IntStream.range(0, DEPTH)
                .mapToObj(i -> block(parameters, PREFIX + "blocks." + i))
                .toList();
        norm = LayerNorm.of(parameters, PREFIX + "norm");
    }

    /** As PyTorch's {@code TransformerEncoderLayer} with {@code norm_first} and exact GELU. */
    private static TransformerBlock block(Parameters parameters, String prefix) {
        var attention = new StackedSelfAttention(
                Linear.of(parameters, prefix + ".qkv"), Linear.of(parameters, prefix + ".proj"), HEADS);
        var mlp =
                new Mlp(Linear.of(parameters, prefix + ".f1"), Activation.GELU, Linear.of(parameters, prefix + ".f2"));
        return new TransformerBlock(
                LayerNorm.of(parameters, prefix + ".n1"),
                attention::forward,
                LayerNorm.of(parameters, prefix + ".n2"),
                mlp::forward);
    }

    /** Adds names and shapes of its parameters, in the order of the forward pass. */
    static void shapes(Shapes shapes) {
        shapes.linear(PREFIX + "patch", WIDTH, PATCH * PATCH * 3L).add(PREFIX + "pos", TOKENS, WIDTH);
        for (int i = 0; i < DEPTH; i++) {
            TinyBlock.shapes(shapes, PREFIX + "blocks." + i, WIDTH, HIDDEN);
        }
        shapes.norm(PREFIX + "norm", WIDTH);
    }

    /**
     * The tokens of pictures.
     *
     * @param pictures [n, 32, 32, 3], as (value - 0.4) / 0.3
     * @return [n, 16, 96]: row by row
     */
    NDArray forward(NDArray pictures) {
        return Scope.of(() -> {
            NDArray x =
                    Scope.of(() -> patches.forward(Ops.patches(pictures, PATCH)).add(positions));
            for (TransformerBlock block : blocks) {
                x = block.forward(x);
            }
            return norm.forward(x);
        });
    }
}

package org.spdbook.twin.scenes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.nn.TransformerBlock;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.vision.TinyBlock;
import org.spdbook.twin.vision.VisionInput;

/**
 * A small vision transformer that gives each pixel a class: two convolutions with stride 2, tokens of 2 x 2 of their places with
 * learned positions, pre-norm blocks, and a linear head from each token to the logits of its 8 x 8 pixels. {@code Seg} in {@code
 * reference/segmentation/seg2.py}. Holds no state besides its parameters, which it does not own.
 */
final class SceneNet {

    /** Pixels of a token, along a side. */
    static final int PATCH = 8;

    private static final int TOKENS = Image.SIDE / PATCH;
    private static final int STRIDE = 2;
    private static final int KERNEL = 3;
    private static final int PLACES = 2;
    private static final String HEAD = "head";

    private final SceneNetConfig config;
    private final Linear stem1;
    private final Linear stem2;
    private final Linear embed;
    private final NDArray positions;
    private final List<TransformerBlock> blocks;
    private final LayerNorm norm;
    private final Linear head;

    /** The model on parameters named as in {@link #shapes}. */
    SceneNet(SceneNetConfig config, Parameters parameters) {
        this.config = config;
        this.stem1 = Linear.of(parameters, "v.stem1");
        this.stem2 = Linear.of(parameters, "v.stem2");
        this.embed = Linear.of(parameters, "v.emb");
        this.positions = parameters.get("v.pos");
        this.blocks = IntStream.range(0, config.depth())
                .mapToObj(i -> TinyBlock.of(parameters, "v.blocks." + i, config.heads()))
                .toList();
        this.norm = LayerNorm.of(parameters, "v.norm");
        this.head = Linear.of(parameters, HEAD);
    }

    /**
     * Logits of pixels.
     *
     * @param images [n, 32, 32, 4], as {@link VisionInput} makes them
     * @return [n, labels, 32, 32]
     */
    NDArray forward(NDArray images) {
        return Scope.of(() -> {
            NDArray x = Scope.of(() -> embed.forward(Ops.patches(
                            halved(halved(images.transpose(0, 3, 1, 2), stem1), stem2)
                                    .transpose(0, 2, 3, 1),
                            PLACES))
                    .add(positions));
            for (TransformerBlock block : blocks) {
                x = block.forward(x);
            }
            return head.forward(norm.forward(x))
                    .reshape(-1, TOKENS, TOKENS, PATCH, PATCH, config.labels())
                    .transpose(0, 5, 1, 3, 2, 4)
                    .reshape(-1, config.labels(), Image.SIDE, Image.SIDE);
        });
    }

    private static NDArray halved(NDArray x, Linear filter) {
        return Ops.geluTanh(Ops.convolution(x, filter.weight(), filter.bias(), STRIDE, KERNEL / 2));
    }

    /** Mean cross-entropy over the pixels of a batch, one element. labels: [n, 32, 32], int64. */
    NDArray loss(NDArray images, NDArray labels) {
        return Scope.of(() -> Ops.denseCrossEntropy(forward(images), labels, -1));
    }

    /** Names and shapes of all parameters, in the order of the forward pass. */
    static Map<String, Shape> shapes(SceneNetConfig c) {
        Shapes shapes = new Shapes()
                .add("v.stem1.weight", c.stem(), VisionInput.CHANNELS, KERNEL, KERNEL)
                .add("v.stem1.bias", c.stem())
                .add("v.stem2.weight", 2L * c.stem(), c.stem(), KERNEL, KERNEL)
                .add("v.stem2.bias", 2L * c.stem())
                .linear("v.emb", c.width(), 2L * c.stem() * PLACES * PLACES)
                .add("v.pos", 1, TOKENS * TOKENS, c.width());
        for (int i = 0; i < c.depth(); i++) {
            TinyBlock.shapes(shapes, "v.blocks." + i, c.width(), c.hidden());
        }
        return shapes.norm("v.norm", c.width())
                .linear(HEAD, (long) PATCH * PATCH * c.labels(), c.width())
                .asMap();
    }

    /** Names of the head's tensors. */
    static Set<String> head() {
        return Set.of(HEAD + ".weight", HEAD + ".bias");
    }

    /** Names and shapes of all but the head. */
    static Map<String, Shape> encoder(SceneNetConfig c) {
        return shapes(c).entrySet().stream()
                .filter(entry -> !head().contains(entry.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, java.util.LinkedHashMap::new));
    }
}

package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.nn.TransformerBlock;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * The image tower of SigLIP (Zhai et al., <i>Sigmoid loss for language image pre-training</i>, ICCV 2023), without its head: a token for each patch and
 * none for the class. A part of another model, whose parameters it uses. Not thread-safe.
 */
final class SiglipVision {

    private final SiglipConfig config;
    private final Parameters parameters;
    private final String name;
    private final List<TransformerBlock> blocks;

    /**
     * A tower on its parameters.
     *
     * @param parameters of the model that it is a part of
     * @param name what its tensors' names begin with, such as {@code vision_tower.vision_model}
     */
    SiglipVision(SiglipConfig config, Parameters parameters, String name) {
        this.config = config;
        this.parameters = parameters;
        this.name = name;
        this.blocks = ClipVit.blocks(parameters, name, config.tower(), false);
    }

    /** Adds its tensors in the order of the forward pass. */
    static void add(Shapes shapes, SiglipConfig config, String name) {
        int width = config.tower().width();
        shapes.add(patches(name) + ".weight", width, config.channels(), config.patch(), config.patch())
                .add(patches(name) + ".bias", width)
                .add(positions(name), config.tokens(), width);
        ClipVit.blocks(shapes, name, config.tower());
        shapes.norm(last(name), width);
    }

    private static String patches(String name) {
        return name + ".embeddings.patch_embedding";
    }

    private static String positions(String name) {
        return name + ".embeddings.position_embedding.weight";
    }

    private static String last(String name) {
        return name + ".post_layernorm";
    }

    /**
     * What the last block makes of the patches of images, normalised.
     *
     * @param images [n, channels, side, side], float32, normalised as in training
     * @return [n, tokens, width]
     */
    NDArray forward(NDArray images) {
        return Scope.of(() -> {
            NDArray x = Scope.of(() -> tokens(images));
            for (TransformerBlock block : blocks) {
                x = block.forward(x);
            }
            return LayerNorm.of(parameters, last(name), config.tower().eps()).forward(x);
        });
    }

    private NDArray tokens(NDArray images) {
        NDArray grid = Ops.convolution(
                images,
                parameters.get(patches(name) + ".weight"),
                parameters.get(patches(name) + ".bias"),
                config.patch());
        return grid.reshape(images.getShape().get(0), config.tower().width(), -1)
                .transpose(0, 2, 1)
                .add(Ops.full(parameters.get(positions(name))));
    }
}

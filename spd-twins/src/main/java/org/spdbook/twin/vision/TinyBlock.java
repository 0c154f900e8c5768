package org.spdbook.twin.vision;

import org.spdbook.nn.Activation;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Mlp;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.nn.StackedSelfAttention;
import org.spdbook.nn.TransformerBlock;

/** The pre-norm transformer block of the small vision models, and the names of its tensors. */
public final class TinyBlock {

    private TinyBlock() {}

    /** The block on parameters named as in {@link #shapes}. */
    public static TransformerBlock of(Parameters parameters, String prefix, int heads) {
        return new TransformerBlock(
                LayerNorm.of(parameters, prefix + ".n1"),
                new StackedSelfAttention(
                                Linear.of(parameters, prefix + ".qkv"), Linear.of(parameters, prefix + ".proj"), heads)
                        ::forward,
                LayerNorm.of(parameters, prefix + ".n2"),
                new Mlp(
                        Linear.of(parameters, prefix + ".f1"),
                        Activation.GELU_TANH,
                        Linear.of(parameters, prefix + ".f2")));
    }

    /** Adds names and shapes of its tensors. */
    public static void shapes(Shapes shapes, String prefix, long width, long hidden) {
        shapes.norm(prefix + ".n1", width)
                .linear(prefix + ".qkv", 3 * width, width)
                .linear(prefix + ".proj", width, width)
                .norm(prefix + ".n2", width)
                .linear(prefix + ".f1", hidden, width)
                .linear(prefix + ".f2", width, hidden);
    }
}

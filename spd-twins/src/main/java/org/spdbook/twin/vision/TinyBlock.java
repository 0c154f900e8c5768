package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Adapter;
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

    /** The block on parameters named as in {@link #shapes}, with adapters where the parameters have some. */
    public static TransformerBlock of(Parameters parameters, String prefix, int heads) {
        var attention = new StackedSelfAttention(
                Linear.of(parameters, prefix + ".qkv"), Linear.of(parameters, prefix + ".proj"), heads);
        var mlp = new Mlp(
                Linear.of(parameters, prefix + ".f1"), Activation.GELU_TANH, Linear.of(parameters, prefix + ".f2"));
        UnaryOperator<NDArray> afterAttention = Adapter.in(parameters, prefix, Adapter.ATTENTION);
        UnaryOperator<NDArray> afterMlp = Adapter.in(parameters, prefix, Adapter.MLP);
        return new TransformerBlock(
                LayerNorm.of(parameters, prefix + ".n1"),
                x -> afterAttention.apply(attention.forward(x)),
                LayerNorm.of(parameters, prefix + ".n2"),
                x -> afterMlp.apply(mlp.forward(x)));
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

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.stream.Stream;
import org.spdbook.torch.AttentionOps;
import org.spdbook.torch.Precision;

/**
 * A layer of LLaMA or Gemma: {@code x + attention(norm1(x))}, then {@code x + mlp(norm2(x))}.
 *
 * @param norm1 before attention
 * @param attention mixes tokens
 * @param norm2 before the MLP
 * @param mlp works on each token
 */
public record RotaryBlock(RmsNorm norm1, RotaryAttention attention, RmsNorm norm2, GatedMlp mlp) {

    /** Arguments and result as of {@link RotaryAttention#forward}. */
    public NDArray forward(NDArray x, RotaryAttention.Context context, int layer, NDList prefix) {
        KeyValueCache cache = context.cache();
        if (cache != null && isPlain()) {
            NDList weights = weights();
            if (weights.stream().allMatch(weight -> weight.getDataType() == DataType.FLOAT32)) {
                int[] heads = {attention.heads(), attention.groups()};
                NDList past = context.past(layer, prefix);
                boolean gelu = mlp.activation() == Activation.GELU_TANH;
                NDList all = AttentionOps.rotaryBlock(
                        x, weights, norm1.eps(), gelu, context.rotation(), heads, past, context.mask());
                cache.put(layer, all.get(1), all.get(2));
                return all.get(0);
            }
        }
        NDArray mixed = x.add(attention.forward(norm1.forward(x), context, layer, prefix));
        return mixed.add(mlp.forward(norm2.forward(mixed)));
    }

    /** Whether its parts are what {@link AttentionOps#rotaryBlock} computes. */
    private boolean isPlain() {
        return Stream.of(attention.query(), attention.key(), attention.value(), attention.output(), mlp)
                        .allMatch(Module::isPlain)
                && (mlp.activation() == Activation.SILU || mlp.activation() == Activation.GELU_TANH)
                && norm1.eps() == norm2.eps()
                && !Precision.isShort();
    }

    private NDList weights() {
        NDList weights = new NDList(
                norm1.factors(),
                attention.query().weight(),
                attention.key().weight(),
                attention.value().weight(),
                attention.output().weight(),
                norm2.factors());
        weights.addAll(mlp.weights());
        return weights;
    }
}

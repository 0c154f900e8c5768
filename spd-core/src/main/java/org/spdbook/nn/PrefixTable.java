package org.spdbook.nn;

import ai.djl.ndarray.NDList;
import org.spdbook.torch.AttentionOps;

/**
 * Keys and values that stand before those of all tokens in every layer: prefix tuning (Li, Liang, <i>Prefix-tuning</i>, ACL 2021), without
 * re-parameterisation. One tensor, [length, layers * 2 * groups * headDim]: for each layer first the keys, then the values, as in Hugging Face
 * peft.
 */
public final class PrefixTable {

    /** Its name among the parameters. */
    public static final String NAME = "prompt_embeddings";

    private PrefixTable() {}

    /** Tokens in the prefix of a model; 0 if it has none. */
    public static long length(Parameters parameters) {
        return parameters.asMap().containsKey(NAME)
                ? parameters.get(NAME).getShape().get(0)
                : 0;
    }

    /**
     * Keys and values of a layer, [1, groups, length, headDim] each; empty if the parameters have no prefix.
     *
     * @param layer from 0
     * @param layers of the model
     * @param groups heads of keys and values
     */
    public static NDList in(Parameters parameters, int layer, int layers, int groups) {
        return length(parameters) == 0
                ? new NDList()
                : AttentionOps.prefix(parameters.get(NAME), 2L * layer, 2L * layers, groups);
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.torch.Ops;

/**
 * Keys and values that stand before those of all tokens in every layer: prefix tuning (Li, Liang, <i>Prefix-tuning</i>, ACL 2021), without
 * re-parameterisation. One tensor, [length, layers * 2 * groups * headDim]: for each layer first the keys, then the values, as in Hugging Face
 * peft.
 */
public final class PrefixTable {

    /** Its name among the parameters. */
    public static final String NAME = "prompt_embeddings";

    private PrefixTable() {}

    /**
     * Keys and values of each layer, [1, groups, length, headDim] each; no layers if the parameters have no prefix.
     *
     * @param groups heads of keys and values
     */
    public static List<NDList> in(Parameters parameters, int layers, int groups) {
        if (!parameters.asMap().containsKey(NAME)) {
            return List.of();
        }
        NDArray table = parameters.get(NAME);
        NDList parts = Ops.prefixes(table, 2L * layers, groups);
        List<NDList> byLayer = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            byLayer.add(new NDList(parts.get(2 * layer), parts.get(2 * layer + 1)));
        }
        return byLayer;
    }
}

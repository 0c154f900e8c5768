package org.spdbook.peft;

import java.util.regex.Pattern;

/**
 * Low-rank adaptation of linear layers: {@code y = W x + (alpha / rank) B A dropout(x)}. Hu et al., <i>LoRA</i>, ICLR 2022. A begins uniform within
 * {@code 1 / sqrt(in)}, which is what PyTorch calls Kaiming uniform with a = sqrt(5), and B as zeros.
 *
 * @param rank of the product, at least 1
 * @param alpha strength, above 0
 * @param dropout share of the inputs of A that are set to 0 in training, in [0, 1)
 * @param targets regular expression of whole names of linear layers
 */
public record LoraConfig(int rank, double alpha, double dropout, Pattern targets) {

    public LoraConfig {
        if (rank < 1 || !(alpha > 0 && alpha < Double.POSITIVE_INFINITY) || !(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "LoRA needs a rank of at least 1, an alpha above 0 and a dropout in [0, 1)," + " got " + rank + ", "
                            + alpha + " and " + dropout + "; 8, 16 and 0.05 are usual");
        }
    }

    /** Factor of the product. */
    public double scale() {
        return alpha / rank;
    }
}

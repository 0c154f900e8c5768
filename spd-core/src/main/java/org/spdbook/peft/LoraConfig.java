package org.spdbook.peft;

import java.util.regex.Pattern;

/**
 * What LoRA adds to a model: {@code y = W x + (alpha / rank) B A dropout(x)} for some of its linear layers. Source: Hu et al., <i>LoRA: low-rank
 * adaptation of large language models</i>, ICLR 2022.
 *
 * @param rank rows of A and columns of B, at least 1
 * @param alpha strength, finite and &gt; 0; the product is multiplied by alpha / rank
 * @param dropout share of the inputs of A that are set to 0 in training, in [0, 1)
 * @param targets found in the names of the layers that get factors
 */
public record LoraConfig(int rank, double alpha, double dropout, Pattern targets) {

    public LoraConfig {
        if (rank < 1) {
            throw new IllegalArgumentException("lora rank must be >= 1, got " + rank + "; choose e.g. 8");
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "lora alpha must be finite and > 0, got " + alpha + "; choose e.g. " + 2L * rank);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("lora dropout must be in [0, 1), got " + dropout + "; 0 is without");
        }
    }
}

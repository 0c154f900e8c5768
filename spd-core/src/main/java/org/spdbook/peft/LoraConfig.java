package org.spdbook.peft;

import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Precision;

/**
 * Low-rank adaptation of linear layers: {@code y = W x + (alpha / rank) B A dropout(x)}. Hu et al., <i>LoRA</i>, ICLR 2022. A begins uniform within
 * {@code 1 / sqrt(in)}, which is what PyTorch calls Kaiming uniform with a = sqrt(5), and B as zeros.
 *
 * @param rank of the product, at least 1
 * @param alpha strength, above 0
 * @param dropout share of the inputs of A that are set to 0 in training, in [0, 1)
 * @param targets regular expression of whole names of linear layers
 * @param own ranks and alphas of layers that have others, by name; usually empty
 * @param precision of the numbers that A and B are and that both are multiplied in, in arrays of float32
 */
public record LoraConfig(
        int rank, double alpha, double dropout, Pattern targets, Map<String, Own> own, Precision precision)
        implements AdapterConfig {

    static final String A = ".lora_A.weight";
    static final String B = ".lora_B.weight";

    /**
     * The rank and the alpha of one layer.
     *
     * @param rank at least 1
     * @param alpha above 0
     */
    public record Own(int rank, double alpha) {

        private boolean isSound() {
            return rank >= 1 && alpha > 0 && alpha < Double.POSITIVE_INFINITY;
        }
    }

    public LoraConfig {
        own = Map.copyOf(own);
        if (!(dropout >= 0 && dropout < 1)
                || !new Own(rank, alpha).isSound()
                || !own.values().stream().allMatch(Own::isSound)) {
            throw new IllegalArgumentException(
                    "LoRA needs a rank of at least 1, an alpha above 0 and a dropout in [0, 1)," + " got " + rank + ", "
                            + alpha + " and " + dropout + (own.isEmpty() ? "" : ", and for single layers " + own)
                            + "; 8, 16 and 0.05 are usual");
        }
    }

    /** With factors of float32. */
    public LoraConfig(int rank, double alpha, double dropout, Pattern targets, Map<String, Own> own) {
        this(rank, alpha, dropout, targets, own, Precision.FLOAT32);
    }

    /** One rank and alpha for all layers. */
    public LoraConfig(int rank, double alpha, double dropout, Pattern targets) {
        this(rank, alpha, dropout, targets, Map.of());
    }

    /** Rank and alpha of a layer. */
    public Own of(String module) {
        return own.getOrDefault(module, new Own(rank, alpha));
    }

    /** Factor of the product of a layer. */
    public double scale(String module) {
        return of(module).alpha / of(module).rank;
    }

    @Override
    public Map<String, Shape> shapes(Map<String, Shape> modules) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        AdapterConfig.chosen(modules, targets).forEach((name, shape) -> {
            shapes.put(name + A, new Shape(of(name).rank, shape.get(1)));
            shapes.put(name + B, new Shape(shape.get(0), of(name).rank));
        });
        return shapes;
    }

    @Override
    public LoraConfig without(Collection<String> modules) {
        return new LoraConfig(rank, alpha, dropout, AdapterConfig.without(targets, modules), own, precision);
    }

    /** This configuration with factors of another precision. */
    public LoraConfig in(Precision other) {
        return new LoraConfig(rank, alpha, dropout, targets, own, other);
    }

    @Override
    public Lora attach(Parameters parameters, RandomGenerator random) {
        return Lora.attach(this, parameters, random);
    }
}

package org.spdbook.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.BottleneckConfig;
import org.spdbook.peft.LoraConfig;
import org.spdbook.peft.PrefixConfig;
import org.spdbook.torch.Precision;

/**
 * Sizes of the adapters that a model gets where {@link Trained} asks for them; each kind takes those that it has.
 *
 * @param rank of LoRA
 * @param alpha of LoRA
 * @param dropout of LoRA
 * @param bottleneck width of series and parallel adapters
 * @param form of series and parallel adapters
 * @param prefix length of a prefix, in tokens
 * @param targets regular expression of whole names of modules; {@value #USUAL_TARGETS} for those of the world
 * @param precision of LoRA's numbers, in which it is multiplied and steps are taken
 */
public record Adapters(
        int rank,
        double alpha,
        double dropout,
        int bottleneck,
        BottleneckConfig.Form form,
        int prefix,
        String targets,
        Precision precision) {

    /** The word for what a world adapts when nothing is said. */
    public static final String USUAL_TARGETS = "usual";

    /** Small ones on the targets of the world. */
    public static final Adapters USUAL = new Adapters(8, 16, 0, 64, BottleneckConfig.Form.TANH, 10, USUAL_TARGETS);

    public Adapters {
        // each kind checks its own sizes; all are made once so that a wrong word is told at once
        Pattern pattern = pattern(targets);
        lora(rank, alpha, dropout, pattern);
        new BottleneckConfig(BottleneckConfig.Place.SERIES, bottleneck, form, 1, pattern);
        new PrefixConfig(prefix);
    }

    /** Adapters of float32. */
    public Adapters(
            int rank,
            double alpha,
            double dropout,
            int bottleneck,
            BottleneckConfig.Form form,
            int prefix,
            String targets) {
        this(rank, alpha, dropout, bottleneck, form, prefix, targets, Precision.FLOAT32);
    }

    private static LoraConfig lora(int rank, double alpha, double dropout, Pattern targets) {
        return new LoraConfig(rank, alpha, dropout, targets);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "targets is a regular expression of names of modules, such as" + " .*(q|v)_proj, got " + text + ": "
                            + e.getDescription(),
                    e);
        }
    }

    /**
     * The numbers that tensors of adapters are, where some are trained.
     *
     * @throws IllegalArgumentException if they are to be numbers that these adapters do not have
     */
    Precision precision(Trained trained) {
        Precision known = trained == Trained.LORA ? precision : Precision.FLOAT32;
        if (known != precision) {
            throw new IllegalArgumentException("adapters of " + precision.word() + " were asked for with trained="
                    + trained.word() + ", and LoRA alone has them; leave adapter-precision out, or take trained=lora");
        }
        return known;
    }

    /** Words for the forms of bottleneck adapters. */
    static List<String> forms() {
        return Arrays.stream(BottleneckConfig.Form.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * What is put into a model of a world.
     *
     * @return empty where none of these adapters is trained
     */
    public Optional<AdapterConfig> config(Trained trained, World world) {
        Precision numbers = precision(trained);
        Pattern chosen = pattern(targets.equals(USUAL_TARGETS) ? world.targets(trained) : targets);
        return switch (trained) {
            case LORA -> Optional.of(lora(rank, alpha, dropout, chosen).in(numbers));
            case SERIES ->
                Optional.of(new BottleneckConfig(BottleneckConfig.Place.SERIES, bottleneck, form, 1, chosen));
            case PARALLEL ->
                Optional.of(new BottleneckConfig(BottleneckConfig.Place.PARALLEL, bottleneck, form, 1, chosen));
            case PREFIX -> Optional.of(new PrefixConfig(prefix));
            case ALL, HEAD, BIASES, ADAPTERS -> Optional.empty();
        };
    }
}

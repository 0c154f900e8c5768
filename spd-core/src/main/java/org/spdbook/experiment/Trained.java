package org.spdbook.experiment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.spdbook.nn.Adapter;
import org.spdbook.peft.Attached;

/** Which tensors of a model are trained. */
public enum Trained {
    /** Every tensor: full fine-tuning. */
    ALL,
    /** The head alone: a linear probe. */
    HEAD,
    /**
     * Biases, those of normalisations too, and the head: BitFit (Ben Zaken, Goldberg, Ravfogel, <i>BitFit</i>, ACL 2022), whose head
     * is new as well.
     */
    BIASES,
    /** The adapters that the model gets for it, and the head. */
    ADAPTERS,
    /** Low-rank adapters around linear layers, and the head: see {@link org.spdbook.peft.LoraConfig}. */
    LORA,
    /** Bottleneck adapters before or behind modules, and the head: see {@link org.spdbook.peft.BottleneckConfig}. */
    SERIES,
    /** Bottleneck adapters beside modules, and the head. */
    PARALLEL,
    /** Keys and values before those of all tokens, and the head: see {@link org.spdbook.peft.PrefixConfig}. */
    PREFIX;

    private static final Map<String, Trained> PEFT = new LinkedHashMap<>();

    static {
        List.of(LORA, SERIES, PARALLEL, PREFIX).forEach(one -> PEFT.put(one.word(), one));
        PEFT.put("bitfit", BIASES);
        PEFT.put("probe", HEAD);
    }

    /** Whether adapters are put into the model for it, whose tensors begin at no pre-trained values. */
    public boolean attaches() {
        return this == LORA || this == SERIES || this == PARALLEL || this == PREFIX;
    }

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Trained::word).toList();
    }

    /** Usual names of ways to train few parameters. */
    public static List<String> peftKinds() {
        return List.copyOf(PEFT.keySet());
    }

    /**
     * The word for what is trained in one of these ways.
     *
     * @throws IllegalArgumentException if it is none of them, with the nearest one
     */
    public static String ofPeft(String kind) {
        Known.require("peft", kind, PEFT.keySet());
        return Objects.requireNonNull(PEFT.get(kind)).word();
    }

    /** The choice of a word. */
    static Trained of(String word) {
        return valueOf(Known.require("trained", word, words()).toUpperCase(Locale.ROOT));
    }

    /** Whether a tensor outside of the head is trained. */
    boolean takes(String tensor) {
        return switch (this) {
            case ALL -> true;
            case HEAD -> false;
            case BIASES -> tensor.endsWith(".bias");
            case ADAPTERS -> tensor.contains(Adapter.MARK);
            case LORA, SERIES, PARALLEL, PREFIX -> Attached.isAdapter(tensor);
        };
    }
}

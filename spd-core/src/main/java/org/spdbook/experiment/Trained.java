package org.spdbook.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.spdbook.nn.Adapter;

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
    ADAPTERS;

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Trained::word).toList();
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
        };
    }
}

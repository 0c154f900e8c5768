package org.spdbook.optim;

import java.util.List;
import java.util.Locale;

/**
 * When a tensor is pulled back. With {@code g} the gradient and {@code d} the displacement from the anchor before the step:
 *
 * <pre>
 *   INSTANT      c = -g.d &lt; 0                          eq. 3 and the authors' code; the default
 *   CUMULATIVE   c &lt;- c - g.d,  c &lt; 0                  the box of Alg. 2
 *   EMA(rho)     c &lt;- rho c - g.d,  c &lt; 0              between the two
 *   ALWAYS       whenever displaced                      control: no selection
 *   RANDOM(q)    with probability q, whenever displaced  control: the same rate, no information;
 *                random(q1 q2 ...) gives each tensor, in the model's order, a probability of its own
 *   INVERTED     c = -g.d &gt; 0                          control: the opposite information
 * </pre>
 *
 * @param kind which
 * @param parameters each in [0, 1]: one rho of EMA; of RANDOM one q, or one per tensor; none otherwise
 */
public record Selection(Kind kind, List<Double> parameters) {

    /** The default: eq. 3. */
    public static final Selection INSTANT = new Selection(Kind.INSTANT, List.of());

    public Selection {
        parameters = List.copyOf(parameters);
        boolean countFits =
                kind == Kind.RANDOM ? !parameters.isEmpty() : parameters.size() == (kind.parametrised ? 1 : 0);
        if (!countFits || !parameters.stream().allMatch(one -> one >= 0 && one <= 1)) {
            throw new IllegalArgumentException("parameters of selection " + kind + " must be in [0, 1], got "
                    + parameters + "; write e.g. ema(0.9)");
        }
    }

    /**
     * Reads {@code instant}, {@code cumulative}, {@code ema(0.9)}, {@code always}, {@code random(0.5)}, {@code random(0.5 0.4)}
     * or {@code inverted}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Selection parse(String text) {
        NumberedWord read = NumberedWord.parse(text).orElseThrow(() -> unknown(text));
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(read.word())
                    && kind.parametrised != read.numbers().isEmpty()) {
                return new Selection(kind, read.numbers());
            }
        }
        throw unknown(text);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "selection " + text + " is not known; choose one of " + String.join(", ", words()));
    }

    /** Examples of all that {@link #parse} reads. */
    public static List<String> words() {
        return List.of("instant", "cumulative", "ema(0.9)", "always", "random(0.5)", "inverted");
    }

    @Override
    public String toString() {
        return new NumberedWord(kind.word(), parameters).toString();
    }

    /** Whether the condition is accumulated over steps. */
    boolean accumulates() {
        return kind == Kind.CUMULATIVE || kind == Kind.EMA;
    }

    /** Factor of the accumulated condition. */
    double rho() {
        return kind == Kind.EMA ? parameters.get(0) : 1;
    }

    /** Refuses a model with another number of tensors than there are probabilities. */
    void checkFor(int tensors) {
        if (kind == Kind.RANDOM && parameters.size() > 1 && parameters.size() != tensors) {
            throw new IllegalArgumentException("selection random has " + parameters.size()
                    + " probabilities, but the model trains " + tensors + " tensors; give one, or one for each");
        }
    }

    /**
     * The decision for one tensor.
     *
     * @param tensor its place in the model
     */
    boolean fires(double condition, boolean displaced, double draw, int tensor) {
        return switch (kind) {
            case INSTANT, CUMULATIVE, EMA -> condition < 0;
            case ALWAYS -> displaced;
            case RANDOM -> displaced && draw < parameters.get(parameters.size() == 1 ? 0 : tensor);
            case INVERTED -> condition > 0;
        };
    }

    /** Kinds of selection. */
    public enum Kind {
        INSTANT(false),
        CUMULATIVE(false),
        EMA(true),
        ALWAYS(false),
        RANDOM(true),
        INVERTED(false);

        private final boolean parametrised;

        Kind(boolean parametrised) {
            this.parametrised = parametrised;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

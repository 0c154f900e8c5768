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
 *   RANDOM(q)    with probability q, whenever displaced  control: the same rate, no information
 *   INVERTED     c = -g.d &gt; 0                          control: the opposite information
 * </pre>
 *
 * @param kind which
 * @param parameter rho in [0, 1] of EMA, q in [0, 1] of RANDOM; 0 otherwise
 */
public record Selection(Kind kind, double parameter) {

    /** The default: eq. 3. */
    public static final Selection INSTANT = new Selection(Kind.INSTANT, 0);

    public Selection {
        if (!(parameter >= 0 && parameter <= 1)) {
            throw new IllegalArgumentException("parameter of selection " + kind + " must be in [0, 1], got " + parameter
                    + "; write e.g. ema(0.9)");
        }
    }

    /**
     * Reads {@code instant}, {@code cumulative}, {@code ema(0.9)}, {@code always}, {@code random(0.5)} or {@code inverted}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Selection parse(String text) {
        String word = text.trim().toUpperCase(Locale.ROOT);
        int open = word.indexOf('(');
        String name = open < 0 ? word : word.substring(0, open);
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name) && kind.parametrised == (open > 0)) {
                return open < 0 ? new Selection(kind, 0) : new Selection(kind, argument(text, word, open));
            }
        }
        throw unknown(text);
    }

    private static double argument(String text, String word, int open) {
        try {
            return Double.parseDouble(word.substring(open + 1, word.length() - 1));
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
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
        String name = kind.name().toLowerCase(Locale.ROOT);
        return kind.parametrised ? name + "(" + parameter + ")" : name;
    }

    /** Whether the condition is accumulated over steps. */
    boolean accumulates() {
        return kind == Kind.CUMULATIVE || kind == Kind.EMA;
    }

    /** Factor of the accumulated condition. */
    double rho() {
        return kind == Kind.CUMULATIVE ? 1 : parameter;
    }

    /** The decision for one tensor. */
    boolean fires(double condition, boolean displaced, double draw) {
        return switch (kind) {
            case INSTANT, CUMULATIVE, EMA -> condition < 0;
            case ALWAYS -> displaced;
            case RANDOM -> displaced && draw < parameter;
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
    }
}

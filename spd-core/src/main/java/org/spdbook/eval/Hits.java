package org.spdbook.eval;

import java.util.Base64;
import java.util.BitSet;

/** Which examples of a test set were answered right; the score is the accuracy. Immutable. */
public final class Hits implements Shares {

    private final BitSet right;
    private final int examples;

    private Hits(BitSet right, int examples) {
        this.right = right;
        this.examples = examples;
    }

    /**
     * Compares classes.
     *
     * @param predicted class per example
     * @param expected class per example, as many
     * @throws IllegalArgumentException if the numbers differ or are zero
     */
    public static Hits of(long[] predicted, long[] expected) {
        if (predicted.length != expected.length || expected.length == 0) {
            throw new IllegalArgumentException("accuracy needs as many predictions as labels and at least one, got "
                    + predicted.length + " and " + expected.length);
        }
        BitSet right = new BitSet(expected.length);
        for (int i = 0; i < expected.length; i++) {
            right.set(i, predicted[i] == expected[i]);
        }
        return new Hits(right, expected.length);
    }

    @Override
    public int examples() {
        return examples;
    }

    /** Whether example {@code i} was answered right. */
    public boolean isRight(int i) {
        return right.get(i);
    }

    @Override
    public double share(int i) {
        return right.get(i) ? 1 : 0;
    }

    @Override
    public double percent() {
        return 100.0 * right.cardinality() / examples;
    }

    @Override
    public double percent(double[] weights) {
        return 100 * right.stream().mapToDouble(i -> weights[i]).sum();
    }

    /** Number of examples, a colon, and one bit per example (lowest first) in Base64. */
    @Override
    public String toText() {
        return examples + ":" + Base64.getEncoder().encodeToString(right.toByteArray());
    }

    /**
     * Reads {@link #toText}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Hits parse(String text) {
        int colon = text.indexOf(':');
        try {
            int examples = Integer.parseInt(text.substring(0, Math.max(0, colon)));
            BitSet right = BitSet.valueOf(Base64.getDecoder().decode(text.substring(colon + 1)));
            if (examples > 0 && right.length() <= examples) {
                return new Hits(right, examples);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(sentence(text), e);
        }
        throw new IllegalArgumentException(sentence(text));
    }

    private static String sentence(String text) {
        return "hits are a number of examples, a colon and their bits in Base64, such as 4:Cw==, got " + text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hits hits && hits.examples == examples && hits.right.equals(right);
    }

    @Override
    public int hashCode() {
        return 31 * right.hashCode() + examples;
    }

    @Override
    public String toString() {
        return right.cardinality() + " of " + examples;
    }
}

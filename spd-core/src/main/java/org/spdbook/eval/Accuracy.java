package org.spdbook.eval;

/** Share of examples whose class was predicted. */
public final class Accuracy {

    private Accuracy() {}

    /**
     * In percent.
     *
     * @param predicted class per example
     * @param expected class per example, as many
     * @throws IllegalArgumentException if the numbers differ or are zero
     */
    public static double percent(long[] predicted, long[] expected) {
        if (predicted.length != expected.length || expected.length == 0) {
            throw new IllegalArgumentException("accuracy needs as many predictions as labels and at least one, got "
                    + predicted.length + " and " + expected.length);
        }
        int hits = 0;
        for (int i = 0; i < expected.length; i++) {
            hits += predicted[i] == expected[i] ? 1 : 0;
        }
        return 100.0 * hits / expected.length;
    }
}

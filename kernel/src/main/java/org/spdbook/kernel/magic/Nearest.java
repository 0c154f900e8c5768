package org.spdbook.kernel.magic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was meant. */
public final class Nearest {

    private static final int FAR = 3;

    private Nearest() {}

    /** The known word with the fewest letters to change, when less than three and less than half of them; ignores case. */
    public static Optional<String> of(String typed, Collection<String> known) {
        String lower = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(word -> distance(word, lower) < Math.min(FAR, (word.length() + 1) / 2))
                .min(Comparator.comparingInt(word -> distance(word, lower)));
    }

    /** The end of a sentence about an unknown word: asks whether a near one was meant; empty when none is near. */
    public static String question(String typed, Collection<String> known, String prefix) {
        return of(typed, known)
                .map(word -> "; did you mean " + prefix + word + "?")
                .orElse("");
    }

    /** Edit distance of two words. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

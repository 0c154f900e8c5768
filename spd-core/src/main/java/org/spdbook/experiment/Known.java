package org.spdbook.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names that are known, and the nearest of them to one that is not. */
public final class Known {

    private Known() {}

    /**
     * Checks a name.
     *
     * @param what kind of name: {@code "experiment"}
     * @param name as typed
     * @param known all names
     * @return the name
     * @throws IllegalArgumentException if it is not among them, with the nearest one and all of them
     */
    public static String require(String what, String name, Collection<String> known) {
        if (known.contains(name)) {
            return name;
        }
        throw new IllegalArgumentException(sentence(what, name, known));
    }

    /** One sentence about a name that is not known. */
    public static String sentence(String what, String name, Collection<String> known) {
        String guess =
                nearest(name, known).map(near -> "; did you mean " + near + "?").orElse(";");
        return what + " " + name + " is not known" + guess
                + (known.isEmpty() ? " there is none yet" : " choose one of " + String.join(", ", known));
    }

    /** The name with the fewest changed letters, if it is near enough to be meant. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String typed = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(other -> distance(typed, other.toLowerCase(Locale.ROOT))
                                <= Math.min(other.length() - 1, Math.max(1, other.length() / 3))
                        || typed.length() > 2 && other.startsWith(typed))
                .min(Comparator.comparingInt(other -> distance(typed, other.toLowerCase(Locale.ROOT))));
    }

    /** Letters to insert, delete, replace or swap with a neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

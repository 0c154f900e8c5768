package org.spdbook.model.generation;

import java.util.Arrays;
import java.util.List;

/**
 * Beginnings of texts, filled on the left to one length.
 *
 * @param ids [n, tokens]
 * @param attended 1 for tokens and 0 for the filling before them, [n, tokens]
 */
public record Prompts(long[][] ids, long[][] attended) {

    public Prompts {
        if (ids.length == 0) {
            throw new IllegalArgumentException("at least one prompt is needed, got none; give a beginning of a text");
        }
        if (attended.length != ids.length) {
            throw new IllegalArgumentException("each prompt needs a mask, got " + ids.length + " prompts and "
                    + attended.length + " masks; give as many");
        }
        for (int i = 0; i < ids.length; i++) {
            check(i, ids[i].length, ids[0].length, attended[i]);
        }
    }

    private static void check(int i, int tokens, int first, long[] mask) {
        if (tokens == 0 || mask.length > 0 && mask[mask.length - 1] == 0) {
            throw new IllegalArgumentException("prompt " + i + (tokens == 0 ? " is empty" : " ends with filling")
                    + ", a token is needed at its end; give at least one, such as that of the beginning of a text");
        }
        if (tokens != first || mask.length != tokens) {
            throw new IllegalArgumentException("prompt " + i + " has " + tokens + " ids and a mask of " + mask.length
                    + ", the first prompt has " + first + " ids; fill all to one length");
        }
        long[] sorted = mask.clone();
        Arrays.sort(sorted);
        if (!Arrays.equals(sorted, mask) || mask[0] < 0 || mask[tokens - 1] > 1) {
            throw new IllegalArgumentException("the mask of prompt " + i + " must be zeros for the filling and then"
                    + " ones for the tokens, got " + Arrays.toString(mask) + "; fill on the left");
        }
    }

    /**
     * Prompts of any lengths.
     *
     * @param texts ids of each
     * @param padding id to fill with
     * @throws IllegalArgumentException if there are none, or one is empty
     */
    public static Prompts of(List<long[]> texts, long padding) {
        int length = texts.stream().mapToInt(text -> text.length).max().orElse(0);
        long[][] ids = new long[texts.size()][length];
        long[][] attended = new long[texts.size()][length];
        for (int i = 0; i < ids.length; i++) {
            int filling = length - texts.get(i).length;
            Arrays.fill(ids[i], 0, filling, padding);
            System.arraycopy(texts.get(i), 0, ids[i], filling, length - filling);
            Arrays.fill(attended[i], filling, length, 1);
        }
        return new Prompts(ids, attended);
    }

    int size() {
        return ids.length;
    }

    int length() {
        return ids[0].length;
    }
}

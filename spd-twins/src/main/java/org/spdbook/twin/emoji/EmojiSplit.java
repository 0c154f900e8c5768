package org.spdbook.twin.emoji;

import java.util.List;
import java.util.Set;
import org.spdbook.twin.OpenTwin;

/**
 * Which concepts a seed trains, validates and tests on. Over three seeds in a row each test concept is tested once.
 *
 * @param train rows of the manifest
 * @param validation rows of the manifest, never trained on
 * @param test rows of the manifest, never trained on nor chosen by
 */
public record EmojiSplit(
        List<EmojiManifest.Row> train, List<EmojiManifest.Row> validation, List<EmojiManifest.Row> test) {

    private static final int NINTHS = 9;

    /** The split of a seed; the fold is the seed modulo 3. */
    public static EmojiSplit of(EmojiManifest manifest, long seed) {
        int first = 3 * Math.floorMod(seed, 3);
        int[] other = new int[6];
        for (int j = 0; j < other.length; j++) {
            other[j] = (first + 3 + j) % NINTHS;
        }
        return new EmojiSplit(
                rows(manifest, Set.of(EmojiManifest.PRETRAINING, other[1], other[2], other[4], other[5])),
                rows(manifest, Set.of(other[0], other[3])),
                rows(manifest, Set.of(first, first + 1, first + 2)));
    }

    /** The rows of one part. */
    List<EmojiManifest.Row> rows(OpenTwin.Part part) {
        return switch (part) {
            case TRAINING -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    private static List<EmojiManifest.Row> rows(EmojiManifest manifest, Set<Integer> parts) {
        return manifest.rows().stream()
                .filter(row -> parts.contains(row.part()))
                .toList();
    }
}

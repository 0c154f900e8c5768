package org.spdbook.twin.emoji;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Words of the drawings' names, for concept captions. */
final class Captions {

    private static final Set<String> LEFT_OUT = Set.of("with", "and", "the", "face", "man", "woman");

    private Captions() {}

    /** Words of at least three letters, without the frequent ones; "thing" when none is left. */
    static List<String> words(String name) {
        List<String> words = Arrays.stream(name.split("[^a-z]+"))
                .filter(word -> word.length() > 2 && !LEFT_OUT.contains(word))
                .toList();
        return words.isEmpty() ? List.of("thing") : words;
    }

    /** All words of the names, sorted. */
    static List<String> vocabulary(List<EmojiManifest.Row> rows) {
        return rows.stream()
                .flatMap(row -> words(row.name()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** [rows, vocabulary]: share of each word in a name, row by row. */
    static float[] bags(List<EmojiManifest.Row> rows, List<String> vocabulary) {
        float[] bags = new float[rows.size() * vocabulary.size()];
        for (int i = 0; i < rows.size(); i++) {
            List<String> words = words(rows.get(i).name());
            for (String word : words) {
                bags[i * vocabulary.size() + vocabulary.indexOf(word)] += 1f / words.size();
            }
        }
        return bags;
    }
}

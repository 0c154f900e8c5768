package org.spdbook.twin.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.spdbook.experiment.Known;

/** The 117 words and marks of the world with their ids: three marks of the model's own, then all that questions and answers are written with, sorted. */
final class Words {

    /** Fills a text up behind its end. */
    static final int PAD = 0;

    private static final List<String> MARKS = List.of("<pad>", "<bos>", "<sep>");
    private static final String[] LONG = {
        "red crimson",
        "green emerald",
        "blue azure",
        "yellow golden",
        "purple violet",
        "orange amber",
        "circle disc",
        "square box",
        "triangle wedge",
        "cross plus",
        "ring hoop",
        "bar stick",
        "yes true",
        "no false",
        "cherry ruby",
        "frog leaf",
        "sea sky",
        "banana lemon",
        "grape plum",
        "carrot pumpkin",
        "0 zero",
        "1 one",
        "2 two",
        "3 three",
        "4 four",
        "5 five",
        "6 six",
        "7 seven",
        "8 eight",
        "9 nine"
    };
    private static final Map<String, String> LONG_OF = longWords();
    private static final List<String> ALL = all();
    private static final Map<String, Long> IDS = ids();

    private Words() {}

    private static Map<String, String> longWords() {
        Map<String, String> words = new HashMap<>();
        for (String pair : LONG) {
            String[] both = pair.split(" ");
            words.put(both[0], both[1]);
        }
        return words;
    }

    private static List<String> all() {
        TreeSet<String> words = new TreeSet<>(List.of("a"));
        for (Topic topic : Topic.values()) {
            topic.wordings().stream()
                    .flatMap(text -> split(text.replace("{x}", "")))
                    .forEach(words::add);
            words.addAll(topic.answers());
        }
        for (Manner manner : Manner.values()) {
            split(manner.prefix()).forEach(words::add);
        }
        words.addAll(Topic.PLACES);
        words.addAll(LONG_OF.values());
        List<String> all = new ArrayList<>(MARKS);
        all.addAll(words);
        return Collections.unmodifiableList(all);
    }

    private static Map<String, Long> ids() {
        Map<String, Long> ids = new HashMap<>();
        for (int id = 0; id < ALL.size(); id++) {
            ids.put(ALL.get(id), (long) id);
        }
        return ids;
    }

    private static Stream<String> split(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
    }

    /** All words; the n-th has the id n, from 0. */
    static List<String> list() {
        return ALL;
    }

    /** The word of the long style that says the same as one of the short style. */
    static String longOf(String word) {
        return LONG_OF.getOrDefault(word, word);
    }

    /**
     * The id of a word.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static long id(String word) {
        Known.require("word", word, IDS.keySet());
        return IDS.getOrDefault(word, 0L);
    }

    /** The word of an id from 0 to 116. */
    static String word(long id) {
        return ALL.get((int) id);
    }

    /**
     * The ids of a question as the model reads it, between the marks of beginning and end.
     *
     * @throws IllegalArgumentException if a word is unknown
     */
    static long[] encode(Manner manner, String question) {
        return Stream.of("<bos> " + manner.prefix(), question, "<sep>")
                .flatMap(Words::split)
                .mapToLong(Words::id)
                .toArray();
    }
}

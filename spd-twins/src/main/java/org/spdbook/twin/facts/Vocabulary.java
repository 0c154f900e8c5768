package org.spdbook.twin.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.experiment.Known;
import org.spdbook.twin.ReferenceRandom;

/**
 * The 453 words and marks of the world with their ids: three marks of the model's own, then all that entities, facts, corpus and questions
 * are written with, sorted. Immutable.
 */
final class Vocabulary {

    /** Fills a text up behind its end. */
    static final long PAD = 0;

    /** Before the first word of a text. */
    static final long BEGIN = 1;

    /** Behind the last word of a text; the corpus is trained on without. */
    static final long END = 2;

    private static final List<String> MARKS = List.of("<pad>", "<bos>", "<eos>");
    private static final long SEED = 1;
    private static final int DOCUMENTS = 3000;
    private static final int QUESTIONS = 150;

    private final List<String> words;
    private final Map<String, Long> ids = new HashMap<>();

    private Vocabulary(Iterable<String> sorted) {
        List<String> all = new ArrayList<>(MARKS);
        sorted.forEach(all::add);
        words = Collections.unmodifiableList(all);
        for (int id = 0; id < words.size(); id++) {
            ids.put(words.get(id), (long) id);
        }
    }

    /** The words of a world: found in its facts, in 3,000 documents and in 150 questions of each family and wording. */
    static Vocabulary of(Encyclopedia facts) {
        var random = new ReferenceRandom(SEED);
        TreeSet<String> words = facts.all().names().collect(Collectors.toCollection(TreeSet::new));
        Arrays.stream(Relation.values()).flatMap(Relation::words).forEach(words::add);
        var corpus = new Corpus(facts);
        for (int i = 0; i < DOCUMENTS; i++) {
            split(corpus.document(random)).forEach(words::add);
        }
        for (Family family : Family.all()) {
            for (Wording wording : Wording.values()) {
                var asking = new Asking(facts, facts.all(), wording, random);
                for (int i = 0; i < QUESTIONS; i++) {
                    split(family.question(asking).prompt()).forEach(words::add);
                }
            }
        }
        return new Vocabulary(words);
    }

    /** The words and marks of a text, which spaces keep apart. */
    static Stream<String> split(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
    }

    /** All words; the n-th has the id n, from 0. */
    List<String> words() {
        return words;
    }

    /** How many words there are. */
    int size() {
        return words.size();
    }

    /**
     * The id of a word.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    long id(String word) {
        Long id = ids.get(word);
        if (id == null) {
            String guess = Known.nearest(word, words)
                    .map(near -> "; did you mean " + near + "? Otherwise")
                    .orElse(";");
            throw new IllegalArgumentException("the word " + word + " is none of the " + size() + " of the toy world"
                    + guess + " write with the words of its corpus and questions");
        }
        return id;
    }

    /**
     * The ids of a text.
     *
     * @param text words and marks kept apart by spaces
     * @throws IllegalArgumentException if a word is unknown
     */
    long[] encode(String text) {
        return split(text).mapToLong(this::id).toArray();
    }

    /**
     * The ids of a text with {@link #BEGIN} before them, as the model reads documents and prompts.
     *
     * @throws IllegalArgumentException if a word is unknown
     */
    long[] encodeFromBegin(String text) {
        return encode("<bos> " + text);
    }

    /**
     * The text of ids.
     *
     * @param text ids from 0 to {@link #size()} - 1
     * @throws IllegalArgumentException if an id is outside
     */
    String decode(long... text) {
        return Arrays.stream(text).mapToObj(this::word).collect(Collectors.joining(" "));
    }

    private String word(long id) {
        if (id < 0 || id >= size()) {
            throw new IllegalArgumentException(
                    "ids of words of the toy world are 0.." + (size() - 1) + ", got " + id + "; decode its own ids");
        }
        return words.get((int) id);
    }
}

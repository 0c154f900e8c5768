package org.spdbook.experiment;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.Scores;
import org.spdbook.eval.VqaAccuracy;
import org.spdbook.train.History;
import org.spdbook.train.Schedule;

/** A world of questions about pictures with two groups of test sets and runs that nobody trained. Cannot be opened. */
public final class MadeAlbum implements World {

    /** The test sets with the number of their questions; the first is trained on. */
    public static final Map<String, Integer> SETS = sets();

    /** What the untrained model scores on every set but texts, on which it is half as good. */
    public static final double UNTRAINED = 24;

    private static final int PEOPLE = 10;

    private static Map<String, Integer> sets() {
        Map<String, Integer> sets = new LinkedHashMap<>();
        sets.put("asked", 6);
        sets.put("edited", 9);
        sets.put("reworded", 6);
        sets.put("texts", 5);
        sets.put("facts", 4);
        sets.put("outdoors", 5);
        return sets;
    }

    /**
     * A run with validation {@code 10 * rate} and deviation 2, whose answer to the first {@code right} questions of each set is that of all
     * people, and to all others that of {@code matches} of ten people.
     *
     * @param right per set, in their order
     */
    public static Run run(Setting setting, long seed, int matches, int... right) {
        Map<String, Outcomes> outcomes = new LinkedHashMap<>();
        Map<String, Double> untrained = new LinkedHashMap<>();
        SETS.forEach((set, questions) -> {
            int full = right[outcomes.size()];
            outcomes.put(set, scores(full, questions - full, matches));
            untrained.put(set, set.equals("texts") ? UNTRAINED / 2 : UNTRAINED);
        });
        return new Run(
                "made",
                setting + " " + seed,
                setting.on("album", "asked", seed),
                untrained,
                Experiment.percent(outcomes),
                outcomes,
                10 * setting.lr(),
                2,
                new History(List.of(), List.of()),
                1);
    }

    private static Scores scores(int full, int others, int matches) {
        var right = new VqaAccuracy.Question("cat", Collections.nCopies(PEOPLE, "cat"));
        var some = new VqaAccuracy.Question(
                "cat",
                Stream.concat(
                                Collections.nCopies(matches, "cat").stream(),
                                Collections.nCopies(PEOPLE - matches, "dog").stream())
                        .toList());
        return Scores.vqa(
                Stream.concat(Collections.nCopies(full, right).stream(), Collections.nCopies(others, some).stream())
                        .toList());
    }

    @Override
    public String name() {
        return "album";
    }

    @Override
    public int table() {
        return 6;
    }

    @Override
    public String summary() {
        return "made for tests";
    }

    @Override
    public List<String> domains() {
        return List.copyOf(SETS.keySet());
    }

    @Override
    public List<String> trainable() {
        return List.of("asked");
    }

    @Override
    public Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("near", List.of("edited", "reworded"));
        groups.put("far", List.of("texts", "facts", "outdoors"));
        return groups;
    }

    @Override
    public boolean testsAllSeedsAlike() {
        return true;
    }

    @Override
    public String metric() {
        return "VQA accuracy";
    }

    @Override
    public List<String> kinds(String set) {
        return set.equals("asked") ? Arrays.asList("yes/no", "number", "other", "yes/no", "other", "other") : List.of();
    }

    @Override
    public String kindsOf() {
        return "asked";
    }

    @Override
    public Recipe recipe() {
        return Recipe.of(1, 2, 0, Schedule.Kind.EPOCH_COSINE, 0).with(Map.of("trained", "lora"));
    }

    @Override
    public String fingerprint() {
        return "made";
    }

    @Override
    public Map<String, String> dataFacts() {
        return Map.of();
    }

    @Override
    public Map<String, String> modelFacts() {
        return Map.of();
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        throw new UnsupportedOperationException("album is made for tests of tables");
    }
}

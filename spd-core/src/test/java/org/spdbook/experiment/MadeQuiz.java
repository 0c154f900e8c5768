package org.spdbook.experiment;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.train.History;
import org.spdbook.train.Schedule;

/** A world of questions of two kinds with runs that nobody trained, for tests of tables by kind. Cannot be opened. */
public final class MadeQuiz implements World {

    public static final int ID = 20;
    public static final int BOOLQ = 10;
    public static final int PIQA = 20;
    public static final int WORD = 40;

    /** What a run answers right of each, and its loss on texts of the pre-training. */
    public record Score(int id, int boolq, int piqa, int word, double retention) {}

    /** A run whose validation is its score on id; deviation 2. */
    public static Run run(Setting setting, long seed, Score score) {
        Map<String, Outcomes> hits = new LinkedHashMap<>();
        hits.put("id", hits(score.id, ID));
        hits.put("held", hits(score.boolq, BOOLQ, score.piqa, PIQA));
        hits.put("word", hits(score.word, WORD));
        Map<String, Double> percent = Experiment.percent(hits);
        return new Run(
                "made",
                setting + " " + seed,
                setting.on("quiz", "id", seed),
                Map.of(),
                percent,
                hits,
                Map.of(OpenWorld.RETENTION, score.retention),
                percent.getOrDefault("id", 0.0),
                2,
                new History(List.of(), List.of()),
                1);
    }

    /** Hits of some questions after the other: how many are right, how many there are. */
    private static Hits hits(int... counts) {
        int all = 0;
        for (int i = 1; i < counts.length; i += 2) {
            all += counts[i];
        }
        long[] predicted = new long[all];
        Arrays.fill(predicted, 1);
        int begin = 0;
        for (int i = 0; i < counts.length; i += 2) {
            Arrays.fill(predicted, begin, begin + counts[i], 0);
            begin += counts[i + 1];
        }
        return Hits.of(predicted, new long[all]);
    }

    @Override
    public String name() {
        return "quiz";
    }

    @Override
    public int table() {
        return 5;
    }

    @Override
    public String summary() {
        return "made for tests";
    }

    @Override
    public List<String> domains() {
        return List.of("id", "held", "word");
    }

    @Override
    public List<String> trainable() {
        return List.of("id");
    }

    @Override
    public boolean testsAllSeedsAlike() {
        return true;
    }

    @Override
    public List<String> kinds(String set) {
        return set.equals("held")
                ? Stream.concat(
                                Collections.nCopies(BOOLQ, "boolq").stream(),
                                Collections.nCopies(PIQA, "piqa").stream())
                        .toList()
                : List.of();
    }

    @Override
    public String kindsOf() {
        return "held";
    }

    @Override
    public Recipe recipe() {
        return Recipe.of(1, 2, 0, Schedule.Kind.LINEAR, 0).with(Map.of("trained", "lora"));
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
        throw new UnsupportedOperationException("quiz is made for tests of tables");
    }
}

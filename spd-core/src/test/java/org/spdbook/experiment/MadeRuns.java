package org.spdbook.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.train.History;

/** Runs that nobody trained, for tests of what is done with runs. */
public final class MadeRuns {

    public static final int ITEMS = 100;

    private MadeRuns() {}

    /**
     * A run on noto with a number of right answers of 100 on noto and on black.
     *
     * @param setting such as {@code adam-spd@1e-3/1}: optimiser, rate and strength
     */
    public static Run of(String setting, long seed, int id, int ood, double validation, double deviation) {
        String[] parts = setting.split("[@/]");
        double lambda = parts.length > 2 ? Double.parseDouble(parts[2]) : 0;
        ExperimentSpec spec =
                Setting.of(parts[0], Double.parseDouble(parts[1]), lambda).on("made", "noto", seed);
        Map<String, Outcomes> hits = new LinkedHashMap<>();
        hits.put("noto", right(id));
        hits.put("black", right(ood));
        return new Run(
                "made",
                setting + seed,
                spec,
                Map.of(),
                Experiment.percent(hits),
                hits,
                validation,
                deviation,
                new History(java.util.List.of(), java.util.List.of()),
                1);
    }

    private static Hits right(int count) {
        long[] predicted = new long[ITEMS];
        java.util.Arrays.fill(predicted, count, ITEMS, 1);
        return Hits.of(predicted, new long[ITEMS]);
    }
}

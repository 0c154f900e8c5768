package org.spdbook.experiment.mechanism;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.eval.Spearman;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

/** OOD accuracy against the distance from the pre-trained weights, over all runs of a world: do they go together? */
public final class DeviationChart {

    private static final int FEWEST = 4;

    private DeviationChart() {}

    /**
     * A point per setting, the mean over its runs; in the text the rank correlations over settings, within methods and over all.
     *
     * @param runs of one world; each key counts once
     * @throws IllegalArgumentException if no method has four settings
     */
    public static Chart of(List<Run> runs) {
        Map<String, List<List<Run>>> families = families(runs);
        if (families.isEmpty()) {
            throw new IllegalArgumentException("plot mechanism --by deviation needs a method with " + FEWEST
                    + " settings among the runs that the software brings, found none; choose another world");
        }
        List<String> within = new ArrayList<>();
        families.forEach((family, settings) ->
                within.add(String.format(Locale.ROOT, "%s %+.2f", family, correlation(settings))));
        List<List<Run>> all = families.values().stream().flatMap(List::stream).toList();
        Chart chart = Chart.of(
                "OOD accuracy against the distance from the pre-trained weights",
                Axis.log("deviation", "L2"),
                Axis.linear("mean accuracy, unseen (OOD)", "%"),
                String.format(
                        Locale.ROOT,
                        "Rank correlation of OOD accuracy with deviation over %d settings of %d methods: %+.2f; within methods from"
                                + " %+.2f to %+.2f.",
                        all.size(),
                        families.size(),
                        correlation(all),
                        families.values().stream()
                                .mapToDouble(DeviationChart::correlation)
                                .min()
                                .orElse(Double.NaN),
                        families.values().stream()
                                .mapToDouble(DeviationChart::correlation)
                                .max()
                                .orElse(Double.NaN)));
        for (Map.Entry<String, List<List<Run>>> family : families.entrySet()) {
            chart = chart.with(Series.scatter(
                            family.getKey(),
                            means(family.getValue(), Run::deviation),
                            means(family.getValue(), Run::ood))
                    .withMethod(family.getKey()));
        }
        return chart.withNote(
                "A point is a setting, the mean over its domains and seeds. Rank correlations within methods: "
                        + String.join(", ", within) + ".");
    }

    /** The settings of each method that has enough of them, with their runs. */
    private static Map<String, List<List<Run>>> families(List<Run> runs) {
        Map<Setting, List<Run>> settings = runs.stream()
                .collect(Collectors.toMap(Run::key, Function.identity(), (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .collect(Collectors.groupingBy(Setting::of, LinkedHashMap::new, Collectors.toList()));
        Map<String, List<List<Run>>> families = new LinkedHashMap<>();
        settings.forEach((setting, own) -> families.computeIfAbsent(setting.family(), any -> new ArrayList<>())
                .add(own));
        families.values().removeIf(own -> own.size() < FEWEST);
        return families;
    }

    private static double correlation(List<List<Run>> settings) {
        return Spearman.of(means(settings, Run::deviation), means(settings, Run::ood));
    }

    private static double[] means(List<List<Run>> settings, ToDoubleFunction<Run> value) {
        return settings.stream()
                .mapToDouble(runs -> runs.stream().mapToDouble(value).average().orElseThrow())
                .toArray();
    }
}

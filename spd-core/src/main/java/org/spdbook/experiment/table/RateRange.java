package org.spdbook.experiment.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

/**
 * The runs of one method at several learning rates, all at one strength: what remains of a grid of rates and strengths when the
 * strength is chosen once for all rates.
 *
 * @param setting the strength with one of the rates
 * @param runs at all rates
 */
public record RateRange(Setting setting, List<Run> runs) {

    public RateRange {
        runs = List.copyOf(runs);
    }

    /**
     * The strength of a family that has the highest ID validation accuracy in the mean over all rates, domains and seeds; the
     * first of equal ones.
     *
     * @param family runs by setting, of one {@link Setting#family}, at least one
     */
    static RateRange chosen(Map<Setting, List<Run>> family) {
        Map<Setting, List<Map.Entry<Setting, List<Run>>>> strengths = family.entrySet().stream()
                .collect(Collectors.groupingBy(entry -> entry.getKey().at(0), LinkedHashMap::new, Collectors.toList()));
        List<RateRange> ranges = strengths.values().stream()
                .map(group -> new RateRange(
                        group.get(0).getKey(),
                        group.stream()
                                .flatMap(entry -> entry.getValue().stream())
                                .toList()))
                .toList();
        return Choice.highest(ranges, range -> range.mean(Run::validation));
    }

    /** For people: the method, and its strength where it has one. */
    public String label() {
        return setting.method()
                + (setting.lambda() == 0 ? "" : ", lambda " + org.spdbook.chart.Grid.number(setting.lambda(), 3));
    }

    /** The mean of a value over all runs. */
    public double mean(ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** The runs at the rate with the lowest mean OOD accuracy. */
    public List<Run> worst() {
        List<List<Run>> rates = List.copyOf(runs.stream()
                .collect(Collectors.groupingBy(run -> run.spec().lr(), LinkedHashMap::new, Collectors.toList()))
                .values());
        return Choice.highest(
                rates, rate -> -rate.stream().mapToDouble(Run::ood).average().orElse(Double.NaN));
    }
}

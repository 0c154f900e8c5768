package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.SetGroups;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;

/**
 * Runs of several methods on the same domains and seeds, side by side.
 *
 * @param experiment name of the world
 * @param profile twin, pilot or paper
 * @param domains over which it is summed up; none for all
 * @param runs in any order
 */
public record Table(String experiment, String profile, List<String> domains, List<Run> runs) {

    public Table {
        domains = List.copyOf(domains);
        runs = List.copyOf(runs);
    }

    /** A table over all domains. */
    public Table(String experiment, String profile, List<Run> runs) {
        this(experiment, profile, List.of(), runs);
    }

    /** Whether it is about a world of which one domain only can be trained on, so that test sets have columns of their own. */
    boolean isOfOneDomain() {
        World world = World.all(Profile.of(profile)).get(experiment);
        return world != null && world.trainable().size() == 1 && !considered().isEmpty();
    }

    /** The same runs, summed up over some domains; none for all. */
    public Table over(List<String> some) {
        return new Table(experiment, profile, some, runs);
    }

    /**
     * Means over domains and seeds of one setting.
     *
     * @param groups means over the {@link #groups} by name
     */
    public record Summary(
            String method,
            double lr,
            double lambda,
            double id,
            double ood,
            Map<String, Double> groups,
            double deviation,
            int n) {}

    /** The groups of the world's test sets on all of which the runs considered were tested. */
    public SetGroups groups() {
        return SetGroups.of(experiment, profile, considered());
    }

    /** The runs that were trained on one of the domains, with their scores on these. */
    public List<Run> considered() {
        if (domains.isEmpty()) {
            return runs;
        }
        return runs.stream()
                .filter(run -> domains.contains(run.spec().trainedOn()))
                .map(run -> run.on(domains))
                .toList();
    }

    /** The runs considered by setting, in the order of the runs. */
    public Map<Setting, List<Run>> bySetting() {
        return considered().stream()
                .collect(Collectors.groupingBy(Setting::of, LinkedHashMap::new, Collectors.toList()));
    }

    /** The test set whose kinds of examples have columns; empty for none. */
    String kindsOf() {
        World world = World.all(Profile.of(profile)).get(experiment);
        return world == null ? "" : world.kindsOf();
    }

    /** Mean accuracy in percent of runs on each kind of examples of {@link World#kindsOf}; empty where it is not known of all of them. */
    public Map<String, Double> byKind(List<Run> some) {
        World world = World.all(Profile.of(profile)).get(experiment);
        if (world == null || world.kindsOf().isEmpty()) {
            return Map.of();
        }
        List<String> kinds = world.kinds(world.kindsOf());
        Map<String, Double> means = new LinkedHashMap<>();
        for (Run run : some) {
            Map<String, Double> own = run.byKind(world.kindsOf(), kinds);
            if (own.isEmpty()) {
                return Map.of();
            }
            own.forEach((kind, score) -> means.merge(kind, score / some.size(), Double::sum));
        }
        return means;
    }

    /** Names of what was measured of any of the runs beside the scores, sorted. */
    public List<String> measures() {
        return considered().stream()
                .flatMap(run -> run.measures().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** One row per setting, in the order of the runs. */
    public List<Summary> summary() {
        List<Summary> rows = new ArrayList<>();
        SetGroups groups = groups();
        bySetting()
                .forEach((setting, group) -> rows.add(new Summary(
                        setting.method(),
                        setting.lr(),
                        setting.lambda(),
                        mean(group, Run::id),
                        mean(group, Run::ood),
                        means(group, groups),
                        mean(group, Run::deviation),
                        group.size())));
        return rows;
    }

    /**
     * Adam-SPD against the others in three ways: at the same rate, each tuned on ID validation from equally many settings, and
     * each at its best setting in hindsight.
     */
    public List<Comparison> comparisons() {
        return new Rivals(this).comparisons();
    }

    /**
     * Compares b with a.
     *
     * @param a as for {@link #chosen}; for {@link Choice#NEAREST_OOD} a method such as {@code l2sp decoupled}
     * @param b as for {@link #chosen}; for {@link Choice#NEAREST_OOD} a setting
     * @param choice how settings are chosen
     * @return empty if there are no pairs of such runs, or nothing to choose from, or not equally many settings to tune
     */
    public Optional<Comparison> compare(String a, String b, Choice choice) {
        List<Run> left = new ArrayList<>();
        List<Run> right = new ArrayList<>();
        if (choice.isTuned() && settings(a).size() != settings(b).size()) {
            return Optional.empty();
        }
        boolean nearest = choice == Choice.NEAREST_OOD;
        List<Run> ours = chosen(b, nearest ? Choice.SAME_RATE : choice);
        for (Run run : nearest ? nearest(a, ours) : chosen(a, choice)) {
            ours.stream()
                    .filter(run::isPairedWith)
                    .filter(other -> choice != Choice.RATE_RANGE
                            || other.spec().lr() == run.spec().lr())
                    .findFirst()
                    .ifPresent(other -> {
                        left.add(run);
                        right.add(other);
                    });
        }
        if (left.isEmpty()) {
            return Optional.empty();
        }
        World world = World.all().get(experiment);
        return Optional.of(Comparison.of(
                choice,
                new Comparison.Side(label(a, choice, left), left),
                new Comparison.Side(label(b, choice, right), right),
                new Comparison.Tested(world != null && world.testsAllSeedsAlike(), groups())));
    }

    private static String label(String name, Choice choice, List<Run> runs) {
        return switch (choice) {
            case HINDSIGHT, NEAREST_OOD, WORST_RATE -> Setting.of(runs.get(0)).toString();
            case RATE_RANGE -> new RateRange(Setting.of(runs.get(0)), runs).label();
            default -> name;
        };
    }

    /** The runs of a {@link Setting#family} by setting. */
    Map<Setting, List<Run>> settings(String family) {
        Map<Setting, List<Run>> own = bySetting();
        own.keySet().removeIf(setting -> !setting.family().equals(family));
        return own;
    }

    /**
     * The runs that a choice takes.
     *
     * @param name a setting such as {@code adamw@1e-3}, or for a choice among settings a {@link Setting#family}
     * @return none if there is nothing to choose from
     */
    public List<Run> chosen(String name, Choice choice) {
        if (choice == Choice.SAME_RATE) {
            return bySetting().entrySet().stream()
                    .filter(entry -> entry.getKey().toString().equals(name))
                    .flatMap(entry -> entry.getValue().stream())
                    .toList();
        }
        Map<Setting, List<Run>> family = settings(name);
        List<List<Run>> groups = List.copyOf(family.values());
        if (groups.size() < 2) {
            return List.of();
        }
        if (choice == Choice.HINDSIGHT) {
            return Choice.highest(groups, group -> mean(group, Run::ood));
        }
        if (groups.stream().flatMap(List::stream).anyMatch(run -> Double.isNaN(run.validation()))) {
            return List.of();
        }
        if (choice == Choice.RATE_RANGE || choice == Choice.WORST_RATE) {
            RateRange range = RateRange.chosen(family);
            return choice == Choice.RATE_RANGE ? range.runs() : range.worst();
        }
        return groups.get(0).stream()
                .map(run -> Choice.highest(
                        groups.stream()
                                .flatMap(List::stream)
                                .filter(run::isPairedWith)
                                .toList(),
                        Run::validation))
                .toList();
    }

    /** The runs of the setting of a method whose mean OOD accuracy is nearest to that of others. */
    private List<Run> nearest(String method, List<Run> others) {
        double aim = mean(others, Run::ood);
        List<List<Run>> groups = bySetting().entrySet().stream()
                .filter(entry -> entry.getKey().method().equals(method))
                .map(Map.Entry::getValue)
                .toList();
        return groups.isEmpty() ? List.of() : Choice.highest(groups, group -> -Math.abs(mean(group, Run::ood) - aim));
    }

    private static Map<String, Double> means(List<Run> runs, SetGroups groups) {
        Map<String, Double> means = new LinkedHashMap<>();
        groups.sets().forEach((name, sets) -> means.put(name, mean(runs, run -> run.mean(sets))));
        return means;
    }

    private static double mean(List<Run> runs, ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /**
     * The table that {@link TableJson#write} wrote; its runs have no history and no accuracies before training.
     *
     * @throws IllegalArgumentException if it is no such JSON
     */
    public static Table fromJson(String json) {
        return TableJson.read(json);
    }
}

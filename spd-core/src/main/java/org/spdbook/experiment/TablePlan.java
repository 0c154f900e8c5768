package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The cells of one of the paper's tables.
 *
 * @param experiment world it is about
 * @param on domains to train on, where the world has them; empty for all
 * @param settings methods with rate and strength
 */
public record TablePlan(String experiment, List<String> on, List<Setting> settings) {

    private static final double RATE = 1e-3;
    private static final double[] COUPLED = {.001, .01, .03, .1, .3, 1, 3};

    private static final Map<Integer, TablePlan> PLANS = Map.of(1, domains(), 2, strengths());

    public TablePlan {
        on = List.copyOf(on);
        settings = List.copyOf(settings);
    }

    /**
     * The plan of a table.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TablePlan of(int number) {
        TablePlan plan = PLANS.get(number);
        if (plan == null) {
            throw new IllegalArgumentException("table " + number + " is not there yet; choose 1 or 2");
        }
        return plan;
    }

    /** Table 1: AdamW and Adam-SPD, with rates of twins.md 0 and 1a. */
    private static TablePlan domains() {
        return new TablePlan(
                "emoji",
                List.of(),
                List.of(
                        Setting.of("adamw", 3e-4, 0),
                        Setting.of("adamw", RATE, 0),
                        Setting.of("adamw", 3e-3, 0),
                        Setting.of("adam-spd", 3e-4, 1),
                        Setting.of("adam-spd", RATE, 1),
                        Setting.of("adam-spd", RATE, 2),
                        Setting.of("adam-spd", 3e-3, 2)));
    }

    /**
     * Table 2: the strength of Adam-SPD and of L2-SP in both forms, at one rate; twins.md 1b. The decoupled
     * form, whose pull is scaled by the rate, goes on to greater ones.
     */
    private static TablePlan strengths() {
        List<Setting> settings = new ArrayList<>();
        DoubleStream.of(.25, .5, 1, 2, 4).forEach(lambda -> settings.add(Setting.of("adam-spd", RATE, lambda)));
        DoubleStream.of(COUPLED).forEach(lambda -> settings.add(Setting.of("l2sp", RATE, lambda)));
        Map<String, String> form = Map.of("decoupled", "true");
        DoubleStream.concat(DoubleStream.of(COUPLED), DoubleStream.of(10, 30, 100, 300))
                .forEach(lambda -> settings.add(new Setting("l2sp", RATE, lambda, form)));
        return new TablePlan("domainnet-l2sp", List.of("real", "sketch"), settings);
    }

    /** The domains of a world to train on: those of the plan if the world has them, else the given ones. */
    public List<String> on(World world, List<String> otherwise) {
        return !on.isEmpty() && world.domains().containsAll(on) ? on : otherwise;
    }

    /**
     * The domains that a word stands for: a named choice of the world, {@code all}, or names with commas between.
     *
     * @throws IllegalArgumentException if a name is not known
     */
    public static List<String> domains(World world, String word) {
        if (word.equals("all")) {
            return world.domains();
        }
        List<String> named = world.domainSets().get(word);
        if (named != null) {
            return named;
        }
        List<String> names = Arrays.asList(word.split(","));
        names.forEach(name -> Known.require("domain", name, world.domains()));
        return names;
    }

    /** The domains over which a world's tables are summed up when nothing is said; empty for all. */
    public static List<String> usual(World world) {
        return world.domainSets().values().stream().findFirst().orElse(List.of());
    }
}

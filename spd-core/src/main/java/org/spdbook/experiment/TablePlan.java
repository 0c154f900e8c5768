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
 * @param on domains to train on, of any world; empty for all
 * @param settings methods with rate and strength
 */
public record TablePlan(String experiment, List<String> on, List<Setting> settings) {

    private static final double RATE = 1e-3;

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

    /** Table 1: AdamW and Adam-SPD, four settings each, those of twins.md 0 and 1a. */
    private static TablePlan domains() {
        return new TablePlan(
                "emoji",
                List.of(),
                List.of(
                        Setting.of("adamw", 3e-4, 0),
                        Setting.of("adamw", RATE, 0),
                        Setting.of("adamw", 3e-3, 0),
                        new Setting("adamw", RATE, 0, Map.of("weight-decay", "1.0")),
                        Setting.of("adam-spd", 3e-4, 1),
                        Setting.of("adam-spd", RATE, 1),
                        Setting.of("adam-spd", RATE, 2),
                        Setting.of("adam-spd", 3e-3, 2)));
    }

    /**
     * Table 2: the strength of Adam-SPD and of L2-SP in both forms, at one rate, and Adam, which pulls nothing; twins.md 1b. The
     * decoupled form, whose pull is scaled by the rate, needs greater strengths. Trained on domains that differ, coloured ones
     * and line drawings.
     */
    private static TablePlan strengths() {
        List<Setting> settings = new ArrayList<>(List.of(Setting.of("adam", RATE, 0)));
        DoubleStream.of(.25, .5, 1, 2, 4).forEach(lambda -> settings.add(Setting.of("adam-spd", RATE, lambda)));
        DoubleStream.of(.001, .01, .03, .1, .3, 1, 3).forEach(lambda -> settings.add(Setting.of("l2sp", RATE, lambda)));
        DoubleStream.of(1, 3, 10, 30, 100, 300)
                .forEach(lambda -> settings.add(new Setting("l2sp", RATE, lambda, Map.of("decoupled", "true"))));
        return new TablePlan("domainnet-l2sp", List.of("real", "sketch", "noto", "black"), settings);
    }

    /**
     * One plan per seed, domain and setting, in this order.
     *
     * @param trained domains to train on
     * @param first first seed
     * @param last last seed
     */
    public List<Plan> cells(World world, List<String> trained, long first, long last) {
        List<Plan> cells = new ArrayList<>();
        for (long seed = first; seed <= last; seed++) {
            for (String domain : trained) {
                for (Setting setting : settings) {
                    cells.add(Plan.of(setting.on(world.name(), world.profile(), domain, seed)));
                }
            }
        }
        return cells;
    }

    /** The domains of a world to train on: those of the plan that the world has, or else the given ones. */
    public List<String> on(World world, List<String> otherwise) {
        List<String> own = on.stream().filter(world.domains()::contains).toList();
        return own.isEmpty() ? otherwise : own;
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

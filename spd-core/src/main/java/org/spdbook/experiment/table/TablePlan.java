package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;

/**
 * The cells of a table.
 *
 * @param experiment world it is about
 * @param on domains to train on, of any world; empty for all
 * @param settings methods with rate and strength
 * @param names of the settings; empty where they speak for themselves. The first setting is what the others are compared with
 * @param seeds of the runs when nothing else is said
 */
public record TablePlan(
        String experiment, List<String> on, List<Setting> settings, List<String> names, SeedRange seeds) {

    public TablePlan {
        on = List.copyOf(on);
        settings = List.copyOf(settings);
        names = List.copyOf(names);
        if (!names.isEmpty() && names.size() != settings.size()) {
            throw new IllegalArgumentException(
                    "a table of " + settings.size() + " settings needs as many names, got " + names);
        }
    }

    /** A plan with names and the usual seeds. */
    public TablePlan(String experiment, List<String> on, List<Setting> settings, List<String> names) {
        this(experiment, on, settings, names, SeedRange.usual());
    }

    /** A plan whose settings speak for themselves, with the usual seeds. */
    public TablePlan(String experiment, List<String> on, List<Setting> settings) {
        this(experiment, on, settings, List.of());
    }

    /** The setting of a name, as text; a name that none has is the text itself. */
    public String named(String name) {
        int row = names.indexOf(name);
        return row < 0 ? name : settings.get(row).toString();
    }

    /**
     * One plan per pre-training, seed, domain and setting, in this order.
     *
     * @param trained domains to train on
     * @throws IllegalArgumentException if the world has no such pre-training
     */
    public List<Plan> cells(World world, List<String> trained, SeedRange seeds, SeedRange pretrained) {
        List<Plan> cells = new ArrayList<>();
        for (long pretraining = pretrained.first(); pretraining <= pretrained.last(); pretraining++) {
            for (long seed = seeds.first(); seed <= seeds.last(); seed++) {
                for (String domain : trained) {
                    for (Setting setting : settings) {
                        cells.add(Plan.of(setting.on(world.name(), world.profile(), domain, seed)
                                .pretrained(pretraining)));
                    }
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

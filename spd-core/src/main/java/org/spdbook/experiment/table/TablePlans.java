package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Setting;

/**
 * The tables of the paper by number, and grids of our own by name: those of the twins here, those of pilot and paper in {@link PhotoPlans},
 * {@link LanguagePlans} and {@link QuestionPlans}.
 */
public final class TablePlans {

    private static final String EMOJI = "emoji";
    private static final String CONTROLS = "controls";
    private static final double TWIN_RATE = 1e-3;
    private static final Map<String, TablePlan> TWIN = new TreeMap<>(Map.of(
            "1",
            twinDomains(),
            "2",
            twinStrengths(),
            "3",
            twinShifts(),
            "4",
            twinCorruptions(),
            "5",
            LanguagePlans.twinAdapters(),
            "6",
            QuestionPlans.twin(),
            "fractions",
            LanguagePlans.fractions(),
            "rates",
            rates(),
            "variants",
            variants()));

    private static final Map<String, TablePlan> REAL = new TreeMap<>(PhotoPlans.ALL);

    static {
        REAL.put("5", LanguagePlans.adapters());
        REAL.put("6", QuestionPlans.real());
    }

    private TablePlans() {}

    /** What {@link #of} knows in some profile. */
    public static List<String> names() {
        return Stream.concat(TWIN.keySet().stream(), Stream.of(CONTROLS)).toList();
    }

    /**
     * The plan of a table.
     *
     * @param name a number of the paper, or rates, controls or variants
     * @param experiment world of the controls; null for that of Table 1
     * @throws IllegalArgumentException if there is none
     */
    public static TablePlan of(String name, Profile profile, @Nullable String experiment) {
        if (name.equals(CONTROLS) && profile == Profile.TWIN) {
            return Controls.of(experiment == null ? EMOJI : experiment).plan();
        }
        Map<String, TablePlan> plans = profile == Profile.TWIN ? TWIN : REAL;
        TablePlan plan = plans.get(name);
        if (plan == null) {
            boolean elsewhere = name.equals(CONTROLS) || TWIN.containsKey(name);
            throw new IllegalArgumentException("table " + name + " is not there "
                    + (elsewhere ? "in profile " + profile.word() : "yet") + "; choose one of "
                    + String.join(", ", plans.keySet()) + (profile == Profile.TWIN ? ", " + CONTROLS : ""));
        }
        return plan;
    }

    /** Table 1: AdamW and Adam-SPD, four settings each, those in which a Python reference had been measured. */
    private static TablePlan twinDomains() {
        return new TablePlan(
                EMOJI,
                List.of(),
                List.of(
                        Setting.of("adamw", 3e-4, 0),
                        Setting.of("adamw", TWIN_RATE, 0),
                        Setting.of("adamw", 3e-3, 0),
                        new Setting("adamw", TWIN_RATE, 0, Map.of("weight-decay", "1.0")),
                        Setting.of("adam-spd", 3e-4, 1),
                        Setting.of("adam-spd", TWIN_RATE, 1),
                        Setting.of("adam-spd", TWIN_RATE, 2),
                        Setting.of("adam-spd", 3e-3, 2)));
    }

    /**
     * Table 2: the strength of Adam-SPD and of L2-SP in both forms, at one rate, and Adam, which pulls nothing. The
     * decoupled form, whose pull is scaled by the rate, needs greater strengths. Trained on domains that differ, coloured ones
     * and line drawings.
     */
    private static TablePlan twinStrengths() {
        List<Setting> settings = new ArrayList<>(List.of(Setting.of("adam", TWIN_RATE, 0)));
        DoubleStream.of(.25, .5, 1, 2, 4).forEach(lambda -> settings.add(Setting.of("adam-spd", TWIN_RATE, lambda)));
        DoubleStream.of(.001, .01, .03, .1, .3, 1, 3)
                .forEach(lambda -> settings.add(Setting.of("l2sp", TWIN_RATE, lambda)));
        DoubleStream.of(1, 3, 10, 30, 100, 300)
                .forEach(lambda -> settings.add(new Setting("l2sp", TWIN_RATE, lambda, Map.of("decoupled", "true"))));
        return new TablePlan("domainnet-l2sp", List.of("real", "sketch", "noto", "black"), settings);
    }

    /**
     * Table 3: nine methods, four settings each. Those of AdamW, L2-SP and Adam-SPD are those in which a Python reference had
     * been measured; those of the others span a range that is as wide. One domain is trained on, so there are more seeds than usual.
     */
    private static TablePlan twinShifts() {
        List<Setting> settings = new ArrayList<>();
        for (String finish : List.of("none", "wise(0.75)", "tpgm(200)")) {
            Map<String, String> options = finish.equals("none") ? Map.of() : Map.of("finish", finish);
            DoubleStream.of(3e-4, TWIN_RATE, 3e-3).forEach(lr -> settings.add(new Setting("adamw", lr, 0, options)));
            Map<String, String> decayed = new TreeMap<>(options);
            decayed.put("weight-decay", "1.0");
            settings.add(new Setting("adamw", TWIN_RATE, 0, decayed));
            if (!finish.startsWith("tpgm")) {
                settings.add(new Setting("adam-spd", 3e-4, 1, options));
                settings.add(new Setting("adam-spd", TWIN_RATE, 1, options));
                settings.add(new Setting("adam-spd", TWIN_RATE, 2, options));
                settings.add(new Setting("adam-spd", 3e-3, 2, options));
            }
        }
        DoubleStream.of(TWIN_RATE, 3e-3, 1e-2, 3e-2)
                .forEach(lr -> settings.add(new Setting("adamw", lr, 0, Map.of("trained", "head"))));
        DoubleStream.of(1e-4, 3e-4, TWIN_RATE, 3e-3)
                .forEach(lr -> settings.add(new Setting("adamw", lr, 0, Map.of("start", "probe(12 0.01)"))));
        settings.add(Setting.of("l2sp", 3e-4, .01));
        DoubleStream.of(.01, .1).forEach(lambda -> settings.add(Setting.of("l2sp", TWIN_RATE, lambda)));
        settings.add(Setting.of("l2sp", 3e-3, .1));
        DoubleStream.of(3e-4, TWIN_RATE, 3e-3, 1e-2).forEach(lr -> settings.add(Setting.of("ftp", lr, 0)));
        return new TablePlan("imagenet", List.of(), settings, List.of(), new SeedRange(0, 3));
    }

    /**
     * Table 4: nine methods, four settings each, and AdamW and Adam-SPD once more with eight times the rate for the new head. Those
     * of AdamW, BitFit, L2-SP, layer-wise decay and Adam-SPD go over the rates and strengths at which a Python reference had been best;
     * those of the others span a range that is as wide. One domain is trained on, so there are more seeds than usual.
     */
    private static TablePlan twinCorruptions() {
        List<Setting> settings = new ArrayList<>();
        DoubleStream.of(2e-3, 3e-3, 4e-3, 8e-3).forEach(lr -> settings.add(Setting.of("adamw", lr, 0)));
        settings.add(Setting.of("adam-spd", 2e-3, 2));
        settings.add(Setting.of("adam-spd", 4e-3, 4));
        DoubleStream.of(2, 4).forEach(lambda -> settings.add(Setting.of("adam-spd", 8e-3, lambda)));
        settings.add(Setting.of("l2sp", 4e-3, .03));
        DoubleStream.of(4e-3, 8e-3, 1.6e-2).forEach(lr -> settings.add(Setting.of("l2sp", lr, .01)));
        DoubleStream.of(2e-3, 4e-3, 8e-3).forEach(lr -> settings.add(Setting.of("mars-sp", lr, .001)));
        settings.add(Setting.of("mars-sp", 4e-3, .01));
        DoubleStream.of(4e-3, 8e-3, 1.6e-2, 3.2e-2)
                .forEach(lr -> settings.add(new Setting("adamw", lr, 0, Map.of("trained", "biases"))));
        DoubleStream.of(2e-3, 4e-3, 8e-3, 1.6e-2)
                .forEach(lr -> settings.add(new Setting("adamw", lr, 0, Map.of("trained", "adapters"))));
        DoubleStream.of(2e-3, 4e-3, 8e-3, 1.6e-2)
                .forEach(lr -> settings.add(new Setting("adamw", lr, 0, Map.of("layer-decay", "0.4"))));
        DoubleStream.of(2e-3, 3e-3, 4e-3, 8e-3)
                .forEach(lr -> settings.add(new Setting("adamw", lr, 0, Map.of("finish", "tpgm(200)"))));
        DoubleStream.of(2e-3, 4e-3, 8e-3, 1.6e-2).forEach(lr -> settings.add(Setting.of("ftp", lr, 0)));
        Map<String, String> faster = Map.of("head-rate", "8.0");
        List<Double> slower = List.of(5e-4, 1e-3, 2e-3, 4e-3);
        slower.forEach(lr -> settings.add(new Setting("adamw", lr, 0, faster)));
        slower.forEach(lr -> settings.add(new Setting("adam-spd", lr, 4, faster)));
        return new TablePlan("pascal", List.of(), settings, List.of(), new SeedRange(0, 3));
    }

    /**
     * Rates: five methods at five learning rates, each at five strengths. Each method's strengths go from where they hardly
     * matter to where they hold training back.
     */
    private static TablePlan rates() {
        List<Setting> settings = new ArrayList<>();
        for (double lr : List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2)) {
            Stream.of("0.0", "0.01", "0.1", "1.0", "3.0")
                    .forEach(decay -> settings.add(new Setting("adamw", lr, 0, Map.of("weight-decay", decay))));
            DoubleStream.of(.01, .03, .1, .3, 1).forEach(lambda -> settings.add(Setting.of("l2sp", lr, lambda)));
            DoubleStream.of(1, 3, 10, 30, 100)
                    .forEach(lambda -> settings.add(new Setting("l2sp", lr, lambda, Map.of("decoupled", "true"))));
            DoubleStream.of(.25, .5, 1, 2, 4)
                    .forEach(
                            lambda -> settings.add(new Setting("adam-spd", lr, lambda, Map.of("selection", "always"))));
            DoubleStream.of(.25, .5, 1, 2, 4).forEach(lambda -> settings.add(Setting.of("adam-spd", lr, lambda)));
        }
        return new TablePlan(EMOJI, List.of(), settings);
    }

    /** Variants: Adam-SPD with another condition, another norm, another treatment of the head, or an average of weights behind it. */
    private static TablePlan variants() {
        Map<String, Map<String, String>> options = new LinkedHashMap<>();
        options.put("adam-spd", Map.of());
        options.put("cumulative", Map.of("selection", "cumulative"));
        options.put("ema", Map.of("selection", "ema(0.9)"));
        options.put("mars", Map.of("norm", "mars"));
        options.put("head excluded", Map.of("head", "excluded"));
        options.put("head free", Map.of("head", "free"));
        options.put("with wise-ft", Map.of("finish", "wise(0.75)"));
        List<Setting> settings = new ArrayList<>();
        options.values().forEach(own -> settings.add(new Setting("adam-spd", TWIN_RATE, 1, own)));
        settings.add(Setting.of("adamw", TWIN_RATE, 0));
        List<String> names = new ArrayList<>(options.keySet());
        names.add("adamw");
        return new TablePlan(EMOJI, List.of(), settings, names);
    }
}

package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The tables of the paper in every profile. In pilot and paper the methods have the rates and strengths that paper.md 3.1 and 2.2
 * suggest for CLIP ViT-B/16: the paper's own are not known.
 */
public final class TablePlans {

    private static final double RATE = 2e-5;
    private static final Map<String, String> DECAY = Map.of("weight-decay", "0.1");
    private static final Map<Integer, TablePlan> REAL = Map.of(1, domains(), 2, strengths());

    private TablePlans() {}

    /**
     * The plan of a table.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TablePlan of(int number, Profile profile) {
        TablePlan twin = TablePlan.of(number);
        return profile == Profile.TWIN ? twin : REAL.getOrDefault(number, twin);
    }

    private static TablePlan domains() {
        List<Setting> settings = new ArrayList<>();
        DoubleStream.of(1e-5, RATE).forEach(lr -> settings.add(new Setting("adamw", lr, 0, DECAY)));
        DoubleStream.of(1e-5, RATE)
                .forEach(lr -> DoubleStream.of(.5, 1, 1.5)
                        .forEach(lambda -> settings.add(Setting.of("adam-spd", lr, lambda))));
        return new TablePlan("domainnet", List.of(), settings);
    }

    private static TablePlan strengths() {
        List<Setting> settings = new ArrayList<>(List.of(Setting.of("adam", RATE, 0)));
        DoubleStream.of(.25, .5, .75, 1, 1.25, 1.5, 2)
                .forEach(lambda -> settings.add(Setting.of("adam-spd", RATE, lambda)));
        DoubleStream.of(.01, .1, 1, 10, 100)
                .forEach(lambda -> settings.add(new Setting("l2sp", RATE, lambda, Map.of("decoupled", "true"))));
        return new TablePlan("domainnet-l2sp", List.of("clipart"), settings);
    }
}

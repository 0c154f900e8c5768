package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.spdbook.experiment.Setting;

/**
 * The tables on photographs, in the profiles pilot and paper. Methods have the rates and strengths that are usual for fine-tuning CLIP ViT-B/16
 * and Swin-Tiny, equally many each: the paper's own are known for AdamW on ImageNet only.
 */
final class PhotoPlans {

    private static final double RATE = 2e-5;
    private static final Map<String, String> DECAY = Map.of("weight-decay", "0.1");

    /** By number. */
    static final Map<String, TablePlan> ALL = Collections.unmodifiableMap(
            new TreeMap<>(Map.of("1", domains(), "2", strengths(), "3", shifts(), "4", corruptions())));

    private PhotoPlans() {}

    /** Table 1 on DomainNet itself. */
    private static TablePlan domains() {
        List<Setting> settings = new ArrayList<>();
        DoubleStream.of(1e-5, RATE).forEach(lr -> settings.add(new Setting("adamw", lr, 0, DECAY)));
        DoubleStream.of(1e-5, RATE)
                .forEach(lr -> DoubleStream.of(.5, 1, 1.5)
                        .forEach(lambda -> settings.add(Setting.of("adam-spd", lr, lambda))));
        return new TablePlan("domainnet", List.of(), settings);
    }

    /** Table 2 on DomainNet itself, L2-SP as the paper's Alg. 1 has it. */
    private static TablePlan strengths() {
        List<Setting> settings = new ArrayList<>(List.of(Setting.of("adam", RATE, 0)));
        DoubleStream.of(.25, .5, .75, 1, 1.25, 1.5, 2)
                .forEach(lambda -> settings.add(Setting.of("adam-spd", RATE, lambda)));
        DoubleStream.of(.01, .1, 1, 10, 100)
                .forEach(lambda -> settings.add(new Setting("l2sp", RATE, lambda, Map.of("decoupled", "true"))));
        return new TablePlan("domainnet-l2sp", List.of("clipart"), settings);
    }

    /** Table 3 on ImageNet itself: the rate of the group's run file, half and one and a half times as much. */
    private static TablePlan shifts() {
        List<Double> rates = List.of(1e-5, RATE, 3e-5);
        List<Setting> settings = new ArrayList<>();
        for (String finish : List.of("none", "wise(0.5)", "tpgm(200)")) {
            Map<String, String> options = new TreeMap<>(DECAY);
            options.put("finish", finish);
            options.remove("finish", "none");
            rates.forEach(lr -> settings.add(new Setting("adamw", lr, 0, options)));
        }
        DoubleStream.of(.5, 1, 1.5).forEach(lambda -> settings.add(Setting.of("adam-spd", RATE, lambda)));
        DoubleStream.of(.5, 1, 1.5)
                .forEach(lambda -> settings.add(new Setting("adam-spd", RATE, lambda, Map.of("finish", "wise(0.5)"))));
        DoubleStream.of(1, 10, 100)
                .forEach(lambda -> settings.add(new Setting("l2sp", RATE, lambda, Map.of("decoupled", "true"))));
        DoubleStream.of(1e-5, RATE, 1e-4).forEach(lr -> settings.add(Setting.of("ftp", lr, 0)));
        DoubleStream.of(1e-3, 1e-2, 1e-1)
                .forEach(lr -> settings.add(new Setting("adamw", lr, 0, Map.of("trained", "head"))));
        return new TablePlan("imagenet", List.of(), settings);
    }

    /** Table 4 on PASCAL itself: rates around that of the multi-task pipeline. */
    private static TablePlan corruptions() {
        List<Double> rates = List.of(5e-5, 1e-4, 2e-4);
        List<Setting> settings = new ArrayList<>();
        rates.forEach(lr -> settings.add(Setting.of("adamw", lr, 0)));
        DoubleStream.of(.5, 1, 1.5).forEach(lambda -> settings.add(Setting.of("adam-spd", 1e-4, lambda)));
        DoubleStream.of(1e-4, 1e-3, 1e-2).forEach(lambda -> settings.add(Setting.of("l2sp", 1e-4, lambda)));
        DoubleStream.of(1e-5, 1e-4, 1e-3).forEach(lambda -> settings.add(Setting.of("mars-sp", 1e-4, lambda)));
        for (Map<String, String> options : List.of(
                Map.of("trained", "biases"),
                Map.of("trained", "adapters"),
                Map.of("layer-decay", "0.65"),
                Map.of("finish", "tpgm(200)"))) {
            rates.forEach(lr -> settings.add(new Setting("adamw", lr, 0, options)));
        }
        rates.forEach(lr -> settings.add(Setting.of("ftp", lr, 0)));
        return new TablePlan("pascal", List.of(), settings);
    }
}

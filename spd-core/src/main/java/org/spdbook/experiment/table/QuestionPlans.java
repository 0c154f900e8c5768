package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spdbook.experiment.Setting;

/** The tables on questions about pictures: LoRA, which both worlds train when nothing is said, and linear probes. */
final class QuestionPlans {

    private static final String VQA = "vqa";
    private static final String ADAMW = "adamw";
    private static final String SPD = "adam-spd";
    private static final Map<String, String> WISE = Map.of("finish", "wise(0.5)");

    /** The authors' choice for LoRA: radii never shrink. */
    private static final Map<String, String> GROWING = Map.of("k", "0.0");

    private static final double RATE = 1e-3;

    private QuestionPlans() {}

    /**
     * Table 6: nine methods, four settings each. Among those of AdamW, AdamW with 300 times its decay, Adam-SPD, the probe and LP-FT are those in which
     * a Python reference had been measured, and Adam-SPD as the paper has it. Of LoRA, which begins at zero, decoupled L2-SP is AdamW: its strength is the weight decay.
     */
    static TablePlan twin() {
        List<Double> rates = List.of(3e-4, RATE, 3e-3, 1e-2);
        Map<String, String> decoupled = Map.of("decoupled", "true");
        List<Setting> settings = new ArrayList<>();
        rates.forEach(lr -> settings.add(new Setting(ADAMW, lr, 0, Map.of())));
        rates.forEach(lr -> settings.add(new Setting("adam", lr, 0, Map.of())));
        rates.forEach(lr -> settings.add(new Setting("l2sp", lr, 3, decoupled)));
        settings.addAll(spd(Map.of()));
        rates.forEach(lr -> settings.add(new Setting(ADAMW, lr, 0, WISE)));
        settings.addAll(spd(WISE));
        List.of(RATE, 3e-3, 1e-2, 3e-2)
                .forEach(lr -> settings.add(new Setting(ADAMW, lr, 0, Map.of("trained", "head", "head", "anchored"))));
        rates.forEach(lr -> settings.add(new Setting(ADAMW, lr, 0, Map.of("start", "probe(10 0.003)"))));
        rates.forEach(lr -> settings.add(new Setting("ftp", lr, 0, GROWING)));
        return new TablePlan(VQA, List.of(), settings);
    }

    private static List<Setting> spd(Map<String, String> options) {
        return List.of(
                new Setting(SPD, RATE, .5, options),
                new Setting(SPD, RATE, 3, options),
                new Setting(SPD, 3e-3, 3, options),
                new Setting(SPD, 1e-2, 3, options));
    }

    /** Table 6 on PaliGemma: methods at the authors' rate, half and twice as much, or in three strengths. */
    static TablePlan real() {
        List<Double> rates = List.of(5e-4, RATE, 2e-3);
        List<Double> strengths = List.of(.25, .5, 1.0);
        Map<String, String> decay = Map.of("weight-decay", "1.0E-4");
        List<Setting> settings = new ArrayList<>();
        rates.forEach(lr -> settings.add(new Setting(ADAMW, lr, 0, decay)));
        strengths.forEach(lambda -> settings.add(Setting.of(SPD, RATE, lambda)));
        rates.forEach(lr -> settings.add(new Setting(ADAMW, lr, 0, with(decay, "finish", "wise(0.5)"))));
        strengths.forEach(lambda -> settings.add(new Setting(SPD, RATE, lambda, WISE)));
        rates.forEach(lr ->
                settings.add(new Setting(ADAMW, lr, 0, with(with(decay, "trained", "head"), "head", "anchored"))));
        rates.forEach(lr -> settings.add(new Setting(ADAMW, lr, 0, with(decay, "start", "probe(10 0.001)"))));
        rates.forEach(lr -> settings.add(new Setting("ftp", lr, 0, with(decay, "k", "0.0"))));
        return new TablePlan(VQA, List.of(), settings);
    }

    private static Map<String, String> with(Map<String, String> options, String name, String value) {
        Map<String, String> all = new TreeMap<>(options);
        all.put(name, value);
        return all;
    }
}

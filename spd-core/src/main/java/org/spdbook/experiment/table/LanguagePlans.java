package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spdbook.experiment.Setting;

/** The tables on language models. */
final class LanguagePlans {

    private static final String COMMONSENSE = "commonsense";
    private static final String TRAINED = "trained";
    private static final String LORA = "lora";

    private static final String ADAMW = "adamw";

    private LanguagePlans() {}

    /**
     * Table 5 on LLaMA: four kinds of adapters, each at the rate of LLM-Adapters, with AdamW and Adam-SPD in three strengths each: AdamW
     * without decay is that of LLM-Adapters' scripts, with 0.01 that of PyTorch's default, which the paper says it has on; 0.1 makes the
     * numbers of settings equal. A prefix is trained for five epochs in batches of 8.
     */
    static TablePlan adapters() {
        List<Setting> settings = new ArrayList<>();
        for (String trained : List.of(LORA, "series", "parallel", "prefix")) {
            boolean prefix = trained.equals("prefix");
            double lr = prefix ? 3e-2 : 3e-4;
            Map<String, String> options = new TreeMap<>(options(trained));
            if (prefix) {
                options.putAll(Map.of("epochs", "5", "batch", "8", "accumulate", "2"));
            }
            for (String decay : List.of("0.0", "0.01", "0.1")) {
                Map<String, String> decayed = new TreeMap<>(options);
                decayed.put("weight-decay", decay);
                decayed.remove("weight-decay", "0.01"); // AdamW's own
                settings.add(new Setting(ADAMW, lr, 0, decayed));
            }
            for (double lambda : List.of(.5, 1.0, 2.0)) {
                settings.add(new Setting("adam-spd", lr, lambda, options));
            }
        }
        return new TablePlan(COMMONSENSE, List.of(), settings);
    }

    /**
     * Table 5: Adam, AdamW, AdamW with 300 times its decay, and Adam-SPD on four kinds of adapters, four settings each. Those settings of
     * LoRA, series and parallel adapters in which a Python reference had been measured are among them. Of adapters, which begin at zero,
     * decoupled L2-SP is AdamW, but for the order of decay and step: its strength is the weight decay.
     */
    static TablePlan twinAdapters() {
        List<Setting> settings = new ArrayList<>();
        for (Kind kind : List.of(
                new Kind(LORA, List.of(3e-4, 1e-3, 3e-3, 1e-2), List.of(1e-3, 3e-3), List.of(3e-3, 1e-2)),
                new Kind("series", List.of(1e-3, 3e-3, 1e-2, 3e-2), List.of(3e-3, 1e-2, 3e-2), List.of(1e-2)),
                new Kind("parallel", List.of(1e-3, 3e-3, 1e-2, 3e-2), List.of(3e-3, 1e-2, 3e-2), List.of(1e-2)),
                new Kind("prefix", List.of(3e-3, 1e-2, 3e-2, 1e-1), List.of(1e-2, 3e-2, 1e-1), List.of(3e-2)))) {
            settings.addAll(kind.settings());
        }
        return new TablePlan(COMMONSENSE, List.of(), settings);
    }

    /**
     * Settings of one kind of adapters.
     *
     * @param trained the word for it
     * @param rates of Adam and of AdamW in both strengths
     * @param one rates of Adam-SPD with lambda 1
     * @param three rates of Adam-SPD with lambda 3
     */
    private record Kind(String trained, List<Double> rates, List<Double> one, List<Double> three) {

        List<Setting> settings() {
            Map<String, String> options = options(trained);
            Map<String, String> decoupled = new TreeMap<>(options);
            decoupled.put("decoupled", "true");
            List<Setting> settings = new ArrayList<>();
            rates.forEach(lr -> settings.add(new Setting("adam", lr, 0, options)));
            rates.forEach(lr -> settings.add(new Setting("adamw", lr, 0, options)));
            rates.forEach(lr -> settings.add(new Setting("l2sp", lr, 3, decoupled)));
            one.forEach(lr -> settings.add(new Setting("adam-spd", lr, 1, options)));
            three.forEach(lr -> settings.add(new Setting("adam-spd", lr, 3, options)));
            return settings;
        }
    }

    private static Map<String, String> options(String trained) {
        return trained.equals(LORA)
                ? Map.of()
                : Map.of(TRAINED, trained); // LoRA is what is trained when nothing is said
    }

    /**
     * Fractions: AdamW and Adam-SPD at one rate, with LoRA and with parallel adapters, on 5 to 100 % of the training questions, in as many
     * steps.
     */
    static TablePlan fractions() {
        List<Setting> settings = new ArrayList<>();
        for (double fraction : List.of(.05, .25, .5, 1.0)) {
            for (String trained : List.of(LORA, "parallel")) {
                boolean lora = trained.equals(LORA);
                Map<String, String> options = new TreeMap<>(options(trained));
                if (fraction < 1) {
                    options.put("fraction", Double.toString(fraction));
                }
                settings.add(new Setting("adamw", lora ? 3e-3 : 1e-2, 0, options));
                settings.add(new Setting("adam-spd", lora ? 3e-3 : 1e-2, lora ? 3 : 1, options));
            }
        }
        return new TablePlan(COMMONSENSE, List.of(), settings);
    }
}

package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.chart.Grid;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.OptionSpec;

/** The words that describe work, one name per knob: the same for a run, for a sweep, and for asking a spec afterwards. */
public final class SpecWords {

    /** Domain to train on. */
    public static final String ON = "on";

    /** Name of the optimizer. */
    public static final String OPTIMIZER = "optimizer";

    /** Learning rate. */
    public static final String LR = "lr";

    /** Seed. */
    public static final String SEED = "seed";

    /** Size of the experiment. */
    public static final String PROFILE = "profile";

    /** What is used where nothing is said. */
    public static final Map<String, String> DEFAULTS =
            Map.of(OPTIMIZER, "adam-spd", LR, "1e-3", SEED, "0", PROFILE, ExperimentSpec.TWIN);

    private SpecWords() {}

    /**
     * The spec that words describe.
     *
     * @param experiment name of a world
     * @param given values by word: those above, any option of the optimizer, any setting of the recipe
     * @throws IllegalArgumentException if a word or a number is not known, in one sentence
     */
    public static ExperimentSpec spec(String experiment, Map<String, String> given) {
        Map<String, String> words = new LinkedHashMap<>(DEFAULTS);
        World world = World.named(experiment, Profile.of(given.getOrDefault(PROFILE, word(words, PROFILE))));
        words.put(LR, Double.toString(world.rate()));
        words.put(ON, world.defaultDomain());
        words.putAll(given);
        String optimizer = Known.require(
                "optimizer", word(words, OPTIMIZER), OptimizerService.all().keySet());
        List<String> own = options(optimizer);
        List<String> all = new ArrayList<>(own);
        world.recipe().options().forEach(option -> all.add(option.name()));
        world.settings().forEach(setting -> all.add(setting.name()));
        if (given.containsKey("lambda") && !own.contains("lambda")) {
            throw new IllegalArgumentException(
                    "optimizer " + optimizer + " has no lambda; it has " + String.join(", ", own));
        }
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            if (!key.equals(ON) && !DEFAULTS.containsKey(key)) {
                (own.contains(Known.require("option", key, all)) ? options : settings).put(key, value);
            }
        });
        return new ExperimentSpec(
                experiment,
                word(words, PROFILE),
                word(words, ON),
                optimizer,
                number(LR, word(words, LR)),
                seed(word(words, SEED)),
                options,
                settings);
    }

    /**
     * The names of an optimizer's options.
     *
     * @throws IllegalArgumentException if there is no such optimizer, with the known ones
     */
    public static List<String> options(String optimizer) {
        return OptimizerService.named(optimizer).options().stream()
                .map(OptionSpec::name)
                .toList();
    }

    /** The value that a spec has for a word; {@code -} if it has none. */
    public static String value(ExperimentSpec spec, String word) {
        return switch (word) {
            case ON -> spec.trainedOn();
            case OPTIMIZER -> spec.optimizer();
            case LR -> Grid.rate(spec.lr());
            case SEED -> Long.toString(spec.seed());
            case PROFILE -> spec.profile();
            default -> plain(spec.options().getOrDefault(word, spec.settings().getOrDefault(word, "-")));
        };
    }

    private static String plain(String value) {
        return value.matches("-?[0-9.]+(E-?[0-9]+)?") ? Grid.number(Double.parseDouble(value), 6) : value;
    }

    private static String word(Map<String, String> words, String name) {
        return java.util.Objects.requireNonNull(words.get(name), name);
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got " + text + "; write e.g. 1e-3", e);
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seed must be an integer, got " + text, e);
        }
    }
}

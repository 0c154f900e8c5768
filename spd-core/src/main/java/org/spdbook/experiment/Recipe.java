package org.spdbook.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.spdbook.optim.OptionSpec;
import org.spdbook.optim.Target;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.BottleneckConfig;
import org.spdbook.torch.Precision;
import org.spdbook.train.Gradients;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;

/**
 * How a world is trained, apart from optimiser and rate.
 *
 * @param epochs passes over the training examples, at least 1
 * @param batch examples per step, at least 1
 * @param warmUp steps over which the rate rises
 * @param schedule shape of the rate
 * @param floor share of the rate that the shape ends at, 0 to 1
 * @param clip largest common norm of the gradients; 0 for no clipping
 * @param groups which tensors are trained, at which rates
 * @param start what is done before training
 * @param finish what is done to the trained weights before they are tested
 * @param computing how a batch is computed within the memory there is
 * @param average decay of the moving average of the weights that is tested in their place, in [0, 1); 0 for none
 * @param adapters sizes of the adapters that are put into the model where they are trained
 */
public record Recipe(
        int epochs,
        int batch,
        int warmUp,
        Schedule.Kind schedule,
        double floor,
        double clip,
        Groups groups,
        Start start,
        Finish finish,
        Computing computing,
        double average,
        Adapters adapters) {

    private static final String START = "start";
    private static final String FINISH = "finish";
    private static final String TRAINED = "trained";
    private static final String HEAD = "head";
    private static final String LAYER_DECAY = "layer-decay";
    private static final String FLOOR = "floor";
    private static final String ACCUMULATE = "accumulate";
    private static final String STATISTICS = "statistics";
    private static final String AVERAGE = "average";
    private static final String RECOMPUTE = "recompute";
    private static final String PRECISION = "precision";
    private static final String RANK = "rank";
    private static final String ALPHA = "alpha";
    private static final String DROPOUT = "adapter-dropout";
    private static final String BOTTLENECK = "bottleneck";
    private static final String FORM = "adapter-form";
    private static final String PREFIX = "prefix";
    private static final String TARGETS = "targets";
    private static final String ADAPTER_PRECISION = "adapter-precision";

    /** What a recipe is not asked to tell as long as it is as usual: runs from before there was a choice do not. */
    private static final List<String> LATER = List.of(
            FINISH,
            TRAINED,
            LAYER_DECAY,
            START,
            FLOOR,
            ACCUMULATE,
            STATISTICS,
            AVERAGE,
            RECOMPUTE,
            PRECISION,
            RANK,
            ALPHA,
            DROPOUT,
            BOTTLENECK,
            FORM,
            PREFIX,
            TARGETS,
            ADAPTER_PRECISION);

    public Recipe {
        if (epochs < 1 || batch < 1 || warmUp < 0 || !(clip >= 0) || !(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException(
                    "a recipe needs epochs and batch >= 1, warm-up and clip >= 0, a floor of 0 to 1, got epochs "
                            + epochs + ", batch " + batch + ", warm-up " + warmUp + ", clip " + clip + ", floor "
                            + floor);
        }
        if (!(average >= 0 && average < 1)) {
            throw new IllegalArgumentException("a recipe needs an average of at least 0 and below 1, got " + average
                    + "; 0 is none, 0.999 looks back about 1000 steps");
        }
        computing.checkFor(batch);
    }

    /** A recipe with a rate that falls to 0, an anchored head at the common rate and nothing done after training. */
    public static Recipe of(int epochs, int batch, int warmUp, Schedule.Kind schedule, double clip) {
        return new Recipe(
                epochs,
                batch,
                warmUp,
                schedule,
                0,
                clip,
                Groups.USUAL,
                Start.NONE,
                Finish.NONE,
                Computing.USUAL,
                0,
                Adapters.USUAL);
    }

    /** Its parts as options, with this recipe's values as defaults. */
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.pattern("epochs", Integer.toString(epochs), "passes over the examples", List.of()),
                OptionSpec.pattern("batch", Integer.toString(batch), "examples per step", List.of()),
                OptionSpec.pattern("warm-up", Integer.toString(warmUp), "steps of rising rate", List.of()),
                OptionSpec.choice("schedule", schedule.word(), "shape of the rate", Schedule.Kind.words()),
                OptionSpec.number(FLOOR, floor, "share of the rate that the shape ends at"),
                OptionSpec.number("clip", clip, "largest norm of the gradients; 0 for none"),
                OptionSpec.choice(HEAD, groups.head().word(), "pulled back, free, or not trained", Head.words()),
                OptionSpec.number("head-rate", groups.headRate(), "factor of the rate for the head"),
                OptionSpec.choice(TRAINED, groups.trained().word(), "which tensors are trained", Trained.words()),
                OptionSpec.number(
                        LAYER_DECAY, groups.layerDecay(), "factor of the rate from a layer to the one before it"),
                OptionSpec.pattern(START, start.toString(), "done before training", Start.words()),
                OptionSpec.pattern(FINISH, finish.toString(), "done to the weights before testing", Finish.words()),
                OptionSpec.pattern(
                        ACCUMULATE,
                        Integer.toString(computing.accumulate()),
                        "parts that a batch is computed in, to save memory",
                        List.of()),
                OptionSpec.choice(
                        STATISTICS,
                        computing.statistics().word(),
                        "what normalisation by the batch goes by when there are parts",
                        Computing.Statistics.words()),
                new OptionSpec(
                        RECOMPUTE,
                        Boolean.toString(computing.gradients().recompute()),
                        "keep only the input of each block and compute the rest anew, to save memory",
                        List.of("true", "false"),
                        OptionSpec.Kind.FLAG),
                OptionSpec.choice(
                        PRECISION,
                        computing.gradients().precision().word(),
                        "numbers that layers compute with; weights stay float32",
                        Precision.words()),
                OptionSpec.number(
                        AVERAGE, average, "decay of the moving average of the weights that is tested; 0 for none"),
                OptionSpec.pattern(RANK, Integer.toString(adapters.rank()), "of LoRA", List.of()),
                OptionSpec.number(ALPHA, adapters.alpha(), "of LoRA: its product counts alpha / rank"),
                OptionSpec.number(DROPOUT, adapters.dropout(), "share of LoRA's inputs left out in training"),
                OptionSpec.pattern(
                        BOTTLENECK,
                        Integer.toString(adapters.bottleneck()),
                        "width of series and parallel adapters",
                        List.of()),
                OptionSpec.choice(
                        FORM,
                        adapters.form().name().toLowerCase(Locale.ROOT),
                        "of series and parallel adapters: tanh without biases, or relu that begins at nothing",
                        Adapters.forms()),
                OptionSpec.pattern(
                        PREFIX, Integer.toString(adapters.prefix()), "length of a prefix, in tokens", List.of()),
                OptionSpec.pattern(
                        TARGETS, adapters.targets(), "regular expression of the modules that get adapters", List.of()),
                OptionSpec.choice(
                        ADAPTER_PRECISION,
                        adapters.precision().word(),
                        "numbers that LoRA and what the optimizer keeps of it are; bf16 for adam, adamw and adam-spd",
                        Precision.words()));
    }

    /**
     * Its parts as typed.
     *
     * @param world the recipe that it is read on top of: what that one has not as usual is always told
     */
    public Map<String, String> toMap(Recipe world) {
        Map<String, String> map = all();
        Map<String, String> own = world.all();
        Map<String, String> usual = of(epochs, batch, warmUp, schedule, clip).all();
        LATER.stream()
                .filter(name -> Objects.equals(own.get(name), usual.get(name)))
                .forEach(name -> map.remove(name, usual.get(name)));
        return map;
    }

    private Map<String, String> all() {
        Map<String, String> map = new LinkedHashMap<>();
        options().forEach(option -> map.put(option.name(), option.defaultValue()));
        return map;
    }

    /**
     * This recipe with some parts changed.
     *
     * @param settings values as typed
     * @throws IllegalArgumentException if a name is not known or a value cannot be read
     */
    public Recipe with(Map<String, String> settings) {
        Map<String, String> all = all();
        settings.forEach((name, value) -> all.put(Known.require("setting", name, all.keySet()), value));
        if (Trained.HEAD.word().equals(all.get(TRAINED))
                && !settings.containsKey(HEAD)
                && Head.EXCLUDED.word().equals(all.get(HEAD))) {
            all.put(HEAD, Head.ANCHORED.word()); // of a recipe that leaves it alone, the head is asked for
        }
        return new Recipe(
                whole("epochs", all),
                whole("batch", all),
                whole("warm-up", all),
                Schedule.Kind.of(Known.require("schedule", all.getOrDefault("schedule", ""), Schedule.Kind.words())),
                number(FLOOR, all),
                number("clip", all),
                new Groups(
                        Trained.of(all.getOrDefault(TRAINED, "")),
                        Head.of(all.getOrDefault(HEAD, "")),
                        number("head-rate", all),
                        number(LAYER_DECAY, all)),
                Start.parse(all.getOrDefault(START, "")),
                Finish.parse(all.getOrDefault(FINISH, "")),
                new Computing(
                        whole(ACCUMULATE, all),
                        Computing.Statistics.of(all.getOrDefault(STATISTICS, "")),
                        new Gradients(flag(RECOMPUTE, all), precision(PRECISION, all))),
                number(AVERAGE, all),
                new Adapters(
                        whole(RANK, all),
                        number(ALPHA, all),
                        number(DROPOUT, all),
                        whole(BOTTLENECK, all),
                        BottleneckConfig.Form.valueOf(Known.require(FORM, all.getOrDefault(FORM, ""), Adapters.forms())
                                .toUpperCase(Locale.ROOT)),
                        whole(PREFIX, all),
                        all.getOrDefault(TARGETS, ""),
                        precision(ADAPTER_PRECISION, all)));
    }

    /** The adapters that a model of a world gets; empty where none are trained. */
    public Optional<AdapterConfig> adapters(World world) {
        return adapters.config(groups.trained(), world);
    }

    /** Puts them into an open world, if there are any, and freezes what is not trained; the seed is for their first values. */
    void adapt(OpenWorld open, World world, long seed) {
        adapters(world).ifPresent(config -> open.attach(config, new Seeds(seed).stream("fresh adapters", 0, 0)));
        groups.freeze(open);
    }

    /** The tensors of an open world that are trained, in the model's order, once it is {@linkplain #adapt adapted}. */
    List<Target> targets(OpenWorld open) {
        Precision ofAdapters = adapters.precision(groups.trained());
        return groups.of(open.task().targets(), open.head()).stream()
                .map(target -> target.fromZero() ? target.in(ofAdapters) : target)
                .toList();
    }

    /** This recipe with adapters of other sizes. */
    public Recipe with(Adapters other) {
        return new Recipe(
                epochs, batch, warmUp, schedule, floor, clip, groups, start, finish, computing, average, other);
    }

    private static int whole(String name, Map<String, String> all) {
        String text = all.getOrDefault(name, "");
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(name + " takes a whole number, got " + text);
        }
        return Integer.parseInt(text);
    }

    private static Precision precision(String name, Map<String, String> all) {
        String word = Known.require(name, all.getOrDefault(name, ""), Precision.words());
        return Precision.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static boolean flag(String name, Map<String, String> all) {
        return Boolean.parseBoolean(Known.require(name, all.getOrDefault(name, ""), List.of("true", "false")));
    }

    private static double number(String name, Map<String, String> all) {
        String text = all.getOrDefault(name, "");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a number, got " + text, e);
        }
    }
}

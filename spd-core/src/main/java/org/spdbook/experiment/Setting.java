package org.spdbook.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.OptionSpec;

/**
 * A method with its rate and strength.
 *
 * @param optimizer name
 * @param lr learning rate
 * @param lambda strength; 0 where it has none
 * @param options other options of the optimiser, and parts of the recipe, that are not at their defaults
 */
public record Setting(String optimizer, double lr, double lambda, Map<String, String> options) {

    private static final String LAMBDA = "lambda";
    private static final String WEIGHT_DECAY = "weight-decay";

    /** Numbers in brackets that nobody wants to read in a name. */
    private static final Pattern LONG_LIST = Pattern.compile("\\((\\S+ ){3}.*\\)");

    public Setting {
        options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** A method with defaults but for rate and strength. */
    public static Setting of(String optimizer, double lr, double lambda) {
        return new Setting(optimizer, lr, lambda, Map.of());
    }

    /** This setting at another rate. */
    public Setting at(double rate) {
        return new Setting(optimizer, rate, lambda, options);
    }

    /** The setting of a run. */
    public static Setting of(Run run) {
        ExperimentSpec spec = run.spec();
        Map<String, String> other = new TreeMap<>(spec.options());
        other.remove(LAMBDA);
        OptimizerService service = OptimizerService.all().get(spec.optimizer());
        if (service != null) {
            service.options().forEach(option -> other.computeIfPresent(option.name(), differing(option)));
        }
        Map<String, String> recipe = new TreeMap<>(spec.settings());
        recipe.remove(World.PRETRAINED); // no part of a method
        World world = World.all(Profile.of(spec.profile())).get(spec.experiment());
        if (world != null) {
            Stream.concat(world.recipe().options().stream(), world.settings().stream())
                    .forEach(option -> recipe.computeIfPresent(option.name(), differing(option)));
        }
        other.putAll(recipe);
        return new Setting(spec.optimizer(), spec.lr(), spec.lambda(), other);
    }

    /** Keeps a value unless it is the default. */
    private static BiFunction<String, String, @Nullable String> differing(OptionSpec option) {
        return (name, value) -> isDefault(option, value) ? null : value;
    }

    private static boolean isDefault(OptionSpec option, String value) {
        return option.kind() == OptionSpec.Kind.NUMBER
                ? Double.parseDouble(value) == Double.parseDouble(option.defaultValue())
                : value.equals(option.defaultValue());
    }

    /** The work of this setting on a domain with a seed, in the twin. */
    public ExperimentSpec on(String experiment, String domain, long seed) {
        return on(experiment, Profile.TWIN, domain, seed);
    }

    /** The work of this setting on a domain with a seed. */
    public ExperimentSpec on(String experiment, Profile profile, String domain, long seed) {
        List<String> own = SpecWords.options(optimizer);
        Map<String, String> of = new TreeMap<>();
        Map<String, String> recipe = new TreeMap<>();
        options.forEach((name, value) -> (own.contains(name) ? of : recipe).put(name, value));
        if (lambda != 0) {
            of.put(LAMBDA, Double.toString(lambda));
        }
        return new ExperimentSpec(experiment, profile.word(), domain, optimizer, lr, seed, of, recipe);
    }

    /** Optimiser and options, without rate and strength: {@code l2sp decoupled}. */
    public String method() {
        return optimizer + words(name -> true);
    }

    /** As {@link #method}, without options that are a strength: the settings among which a strength is chosen have one. */
    public String family() {
        return optimizer + words(name -> !name.equals(WEIGHT_DECAY));
    }

    /** As {@link #method}, without what is no option of the optimiser: what decides the colour in charts. */
    public String rule() {
        OptimizerService service = OptimizerService.all().get(optimizer);
        return optimizer + words(service == null ? name -> true : SpecWords.options(optimizer)::contains);
    }

    private String words(Predicate<String> wanted) {
        return options.entrySet().stream()
                .filter(option -> wanted.test(option.getKey()))
                .map(option -> option.getValue().equals("true")
                        ? " " + option.getKey()
                        : " " + option.getKey() + "="
                                + LONG_LIST.matcher(option.getValue()).replaceFirst("(...)"))
                .collect(Collectors.joining());
    }

    /** For people: {@code adam-spd 1e-3, lambda 1}. */
    public String label() {
        String rate = method() + " " + Grid.rate(lr);
        return lambda == 0 ? rate : rate + ", lambda " + Grid.number(lambda, 3);
    }

    @Override
    public String toString() {
        String rate = method() + "@" + Grid.rate(lr);
        return lambda == 0 ? rate : rate + "/" + Grid.number(lambda, 3);
    }
}

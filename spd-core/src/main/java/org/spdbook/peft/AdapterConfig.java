package org.spdbook.peft;

import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Module;
import org.spdbook.nn.Parameters;

/** What adapters a model gets, and of which size. */
public sealed interface AdapterConfig permits LoraConfig, BottleneckConfig, PrefixConfig {

    /**
     * Names and shapes of the tensors it adds to a model, in order; nothing is allocated.
     *
     * @param modules of the model by name, [out, in] each, in order: see {@link #modules}
     * @throws IllegalArgumentException if it finds no module to adapt, with those there are
     */
    Map<String, Shape> shapes(Map<String, Shape> modules);

    /**
     * Puts fresh adapters into a model and freezes its own tensors: what is trained from then on is the adapters.
     *
     * @param parameters of the model; own the new tensors
     * @param random for the first values
     * @return to take them away, or to merge them
     * @throws IllegalArgumentException as {@link #shapes}, or if the model has such adapters already
     */
    Attached attach(Parameters parameters, RandomGenerator random);

    /**
     * This configuration without some modules.
     *
     * @param modules whole names
     */
    AdapterConfig without(Collection<String> modules);

    /** A regular expression that also fits none of some whole names. */
    static Pattern without(Pattern targets, Collection<String> modules) {
        return modules.isEmpty()
                ? targets
                : Pattern.compile("(?!(?:"
                        + String.join(
                                "|",
                                modules.stream()
                                        .map(AdapterConfig::quoted)
                                        .sorted()
                                        .toList())
                        + ")$)(?:" + targets.pattern() + ")");
    }

    /** Number of values it trains in a model of these modules. */
    default long count(Map<String, Shape> modules) {
        return shapes(modules).values().stream().mapToLong(Shape::size).sum();
    }

    /** The linear layers of a model by name, [out, in], from the shapes of its tensors: its matrices but for tables of embeddings. */
    static Map<String, Shape> modules(Map<String, Shape> tensors) {
        String weight = ".weight";
        String table = ".*\\bembed_tokens\\.weight|.*embedding\\.weight";
        Map<String, Shape> modules = new LinkedHashMap<>();
        tensors.forEach((name, shape) -> {
            if (name.endsWith(weight) && shape.dimension() == 2 && !name.matches(table)) {
                modules.put(name.substring(0, name.length() - weight.length()), shape);
            }
        });
        return modules;
    }

    /** The modules of a model in memory that are linear layers, by name, [out, in]. */
    static Map<String, Shape> linear(Parameters parameters) {
        return shapes(parameters, Linear.class);
    }

    /** All modules of a model in memory by name, [out, in]. */
    static Map<String, Shape> all(Parameters parameters) {
        return shapes(parameters, Module.class);
    }

    private static Map<String, Shape> shapes(Parameters parameters, Class<? extends Module> kind) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parameters.modules().forEach((name, module) -> {
            if (kind.isInstance(module)) {
                shapes.put(name, new Shape(module.out(), module.in()));
            }
        });
        return shapes;
    }

    /**
     * A regular expression for modules by the last parts of their names, such as {@code q_proj}.
     *
     * @param names at least one
     */
    static Pattern targets(List<String> names) {
        return Pattern.compile("(?:.*\\.)?(?:"
                + String.join("|", names.stream().map(AdapterConfig::quoted).toList()) + ")");
    }

    /** A name in which Python's regular expressions find what Java's do; {@code \Q} is Java's alone. */
    private static String quoted(String name) {
        return name.replaceAll("([^A-Za-z0-9_])", "\\\\$1");
    }

    /** Those of the modules whose whole name a regular expression fits, in order. */
    static Map<String, Shape> chosen(Map<String, Shape> modules, Pattern targets) {
        Map<String, Shape> chosen = new LinkedHashMap<>(modules);
        chosen.keySet().removeIf(name -> !targets.matcher(name).matches());
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no module is called " + targets.pattern() + "; the model has "
                    + modules.size() + ", such as "
                    + modules.keySet().stream().limit(7).toList());
        }
        return chosen;
    }
}

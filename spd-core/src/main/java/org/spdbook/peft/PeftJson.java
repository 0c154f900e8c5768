package org.spdbook.peft;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Parameters;

/** The words of peft's {@code adapter_config.json}. */
final class PeftJson {

    private static final String TYPE = "peft_type";
    private static final String TARGETS = "target_modules";
    private static final String RANKS = "rank_pattern";
    private static final String ALPHAS = "alpha_pattern";
    private static final String LORA = "LORA";
    private static final String PREFIX = "PREFIX_TUNING";
    private static final String BOTTLENECK = "BOTTLENECK";

    /** Switches of LoRA that change what it computes, and where they must stand. */
    private static final Map<String, Boolean> LORA_SWITCHES =
            Map.of("use_dora", false, "fan_in_fan_out", false, "lora_bias", false, "use_qalora", false);

    private PeftJson() {}

    /**
     * The kind and sizes of adapters.
     *
     * @param modules those that the file has tensors for
     * @param parameters of the model
     * @throws IllegalArgumentException if it is a kind that is not here
     */
    static AdapterConfig read(JsonObject json, List<String> modules, Parameters parameters) {
        String type = text(json, TYPE);
        return switch (type) {
            case LORA -> lora(json, modules, AdapterConfig.linear(parameters).keySet());
            case PREFIX -> prefix(json);
            case BOTTLENECK ->
                new BottleneckConfig(
                        flag(json, "use_parallel_adapter")
                                ? BottleneckConfig.Place.PARALLEL
                                : BottleneckConfig.Place.SERIES,
                        integer(json, "bottleneck_size"),
                        BottleneckConfig.Form.valueOf(form(text(json, "non_linearity"))),
                        number(json, "scaling"),
                        targets(json, modules, AdapterConfig.all(parameters).keySet()));
            default ->
                throw new IllegalArgumentException("adapters of peft_type " + type
                        + " were found; LORA, PREFIX_TUNING and BOTTLENECK can be read here, train one of these");
        };
    }

    private static AdapterConfig lora(JsonObject json, List<String> modules, Set<String> available) {
        LORA_SWITCHES.forEach((name, built) -> {
            if (flag(json, name) != built) {
                throw unsupported(name);
            }
        });
        if (!json.has("bias") || !text(json, "bias").equals("none")) {
            throw unsupported("bias");
        }
        int rank = integer(json, "r");
        double alpha = number(json, "lora_alpha");
        boolean byRoot = flag(json, "use_rslora");
        Map<String, LoraConfig.Own> own = new LinkedHashMap<>();
        for (String module : modules) {
            int itsRank = (int) ofPattern(json, RANKS, module, rank);
            double itsAlpha = ofPattern(json, ALPHAS, module, alpha);
            if (itsRank != rank || itsAlpha != alpha) {
                own.put(module, new LoraConfig.Own(itsRank, scaled(itsAlpha, itsRank, byRoot)));
            }
        }
        return new LoraConfig(
                rank,
                scaled(alpha, rank, byRoot),
                number(json, "lora_dropout"),
                targets(json, modules, available),
                own);
    }

    /** The alpha that scales by {@code 1 / rank} as the given one does by the root of it. */
    private static double scaled(double alpha, int rank, boolean byRoot) {
        return byRoot ? alpha * Math.sqrt(rank) : alpha;
    }

    /** The number of the first expression that the end of a module's name fits, as peft looks it up. */
    private static double ofPattern(JsonObject json, String key, String module, double usual) {
        if (json.get(key) instanceof JsonObject patterns) {
            for (String expression : patterns.keySet()) {
                try {
                    if (Pattern.matches("(?:.*\\.)?(?:" + expression + ")", module)) {
                        return number(patterns, expression);
                    }
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException(
                            "the expression " + expression + " in " + key
                                    + " of the adapters' configuration is not one that Java can read; write the names of the modules",
                            e);
                }
            }
        }
        return usual;
    }

    private static IllegalArgumentException unsupported(String name) {
        return new IllegalArgumentException("the adapters use " + name
                + " of peft's LoRA, which is not here; train them with plain LoRA and bias none");
    }

    private static AdapterConfig prefix(JsonObject json) {
        if (flag(json, "prefix_projection")) {
            throw new IllegalArgumentException(
                    "the prefix is one with prefix_projection, whose tensors are of another kind;"
                            + " train it without");
        }
        return new PrefixConfig(integer(json, "num_virtual_tokens"));
    }

    /** The expression of the configuration where it fits the modules of the file and no other of the model, else their names. */
    private static Pattern targets(JsonObject json, List<String> modules, Set<String> available) {
        Pattern given;
        try {
            given = given(json.get(TARGETS));
        } catch (PatternSyntaxException e) { // an expression of Python's
            return AdapterConfig.targets(modules);
        }
        Set<String> fitting =
                available.stream().filter(name -> given.matcher(name).matches()).collect(Collectors.toSet());
        return fitting.equals(Set.copyOf(modules)) ? given : AdapterConfig.targets(modules);
    }

    private static Pattern given(@Nullable JsonElement targets) {
        if (targets instanceof JsonArray names) {
            return AdapterConfig.targets(names.asList().stream()
                    .map(JsonElement::getAsString)
                    .sorted()
                    .toList());
        }
        return Pattern.compile(targets instanceof JsonPrimitive expression ? expression.getAsString() : "");
    }

    private static String form(String nonLinearity) {
        return nonLinearity.toUpperCase(Locale.ROOT);
    }

    /** The words of adapters; those that are left out have peft's defaults. */
    static JsonObject write(AdapterConfig config, String base) {
        JsonObject json = new JsonObject();
        json.add("base_model_name_or_path", base.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(base));
        json.addProperty("inference_mode", true);
        json.add("modules_to_save", JsonNull.INSTANCE);
        json.addProperty("task_type", "CAUSAL_LM");
        if (config instanceof LoraConfig lora) {
            json.addProperty(TYPE, LORA);
            json.addProperty("r", lora.rank());
            json.addProperty("lora_alpha", whole(lora.alpha()));
            json.addProperty("lora_dropout", lora.dropout());
            json.addProperty("bias", "none");
            json.addProperty("fan_in_fan_out", false);
            json.addProperty("init_lora_weights", true);
            json.addProperty(TARGETS, lora.targets().pattern());
            json.add(RANKS, patterns(lora, own -> own.rank()));
            json.add(ALPHAS, patterns(lora, own -> whole(own.alpha())));
        } else if (config instanceof BottleneckConfig bottleneck) {
            json.addProperty(TYPE, BOTTLENECK);
            json.addProperty("use_parallel_adapter", bottleneck.place() == BottleneckConfig.Place.PARALLEL);
            json.addProperty("bottleneck_size", bottleneck.size());
            json.addProperty("non_linearity", bottleneck.form().name().toLowerCase(Locale.ROOT));
            json.addProperty("scaling", bottleneck.scale());
            json.addProperty("adapter_dropout", 0.0);
            json.addProperty(TARGETS, bottleneck.targets().pattern());
        } else if (config instanceof PrefixConfig prefix) {
            json.addProperty(TYPE, PREFIX);
            json.addProperty("num_virtual_tokens", prefix.tokens());
            json.addProperty("prefix_projection", false);
            json.addProperty("num_transformer_submodules", 1);
            // layers, heads and widths are left out: peft takes them from the model
        }
        return json;
    }

    private static JsonObject patterns(LoraConfig lora, Function<LoraConfig.Own, Number> number) {
        JsonObject patterns = new JsonObject();
        new TreeMap<>(lora.own())
                .forEach((module, own) -> patterns.addProperty(module.replace(".", "\\."), number.apply(own)));
        return patterns;
    }

    private static Number whole(double number) {
        if (number == Math.rint(number)) {
            return (long) number;
        }
        return number;
    }

    private static String text(JsonObject json, String key) {
        return value(json, key, "a text").getAsString();
    }

    private static int integer(JsonObject json, String key) {
        return value(json, key, "a whole number").getAsInt();
    }

    private static double number(JsonObject json, String key) {
        return value(json, key, "a number").getAsDouble();
    }

    private static JsonPrimitive value(JsonObject json, String key, String wanted) {
        if (!(json.get(key) instanceof JsonPrimitive value)) {
            throw new IllegalArgumentException("the adapters' configuration needs " + wanted + " in " + key + ", found "
                    + Objects.requireNonNullElse(json.get(key), JsonNull.INSTANCE) + "; correct " + PeftFile.CONFIG);
        }
        return value;
    }

    private static boolean flag(JsonObject json, String key) {
        return json.get(key) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }
}

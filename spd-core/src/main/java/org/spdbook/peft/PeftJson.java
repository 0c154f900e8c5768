package org.spdbook.peft;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The words of peft's {@code adapter_config.json}. */
final class PeftJson {

    private static final String TYPE = "peft_type";
    private static final String TARGETS = "target_modules";
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
     * @throws IllegalArgumentException if it is a kind that is not here
     */
    static AdapterConfig read(JsonObject json, List<String> modules) {
        String type = text(json, TYPE);
        return switch (type) {
            case LORA -> lora(json, modules);
            case PREFIX -> prefix(json);
            case BOTTLENECK ->
                new BottleneckConfig(
                        flag(json, "use_parallel_adapter")
                                ? BottleneckConfig.Place.PARALLEL
                                : BottleneckConfig.Place.SERIES,
                        integer(json, "bottleneck_size"),
                        BottleneckConfig.Form.valueOf(form(text(json, "non_linearity"))),
                        number(json, "scaling"),
                        targets(json, modules));
            default ->
                throw new IllegalArgumentException("adapters of peft_type " + type
                        + " were found; LORA, PREFIX_TUNING and BOTTLENECK can be read here, train one of these");
        };
    }

    private static AdapterConfig lora(JsonObject json, List<String> modules) {
        LORA_SWITCHES.forEach((name, built) -> {
            if (flag(json, name) != built) {
                throw unsupported(name);
            }
        });
        if (!json.has("bias") || !text(json, "bias").equals("none")) {
            throw unsupported("bias");
        }
        for (String name : List.of("rank_pattern", "alpha_pattern")) {
            if (json.has(name) && json.get(name) instanceof JsonObject own && !own.isEmpty()) {
                throw unsupported(name);
            }
        }
        int rank = integer(json, "r");
        double alpha = number(json, "lora_alpha");
        double scaled = flag(json, "use_rslora") ? alpha * Math.sqrt(rank) : alpha;
        return new LoraConfig(rank, scaled, number(json, "lora_dropout"), targets(json, modules));
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

    /** The expression of the configuration where it fits the modules of the file exactly, else their names. */
    private static Pattern targets(JsonObject json, List<String> modules) {
        JsonElement given = json.get(TARGETS);
        if (given instanceof JsonArray names) {
            List<String> all = new ArrayList<>();
            names.forEach(name -> all.add(name.getAsString()));
            all.sort(null);
            Pattern pattern = AdapterConfig.targets(all);
            if (modules.stream().allMatch(name -> pattern.matcher(name).matches())) {
                return pattern;
            }
        } else if (given instanceof JsonPrimitive expression) {
            try {
                Pattern pattern = Pattern.compile(expression.getAsString());
                if (modules.stream().allMatch(name -> pattern.matcher(name).matches())) {
                    return pattern;
                }
            } catch (PatternSyntaxException e) {
                return AdapterConfig.targets(modules); // a word such as all-linear, or an expression of Python's
            }
        }
        return AdapterConfig.targets(modules);
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

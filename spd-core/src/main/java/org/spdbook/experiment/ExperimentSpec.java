package org.spdbook.experiment;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one description of work: a word typed in a notebook or in a terminal, a trial of a sweep and a stored run all come
 * down to one.
 *
 * @param experiment name of the world
 * @param profile size of the experiment, a word of {@link Profile}
 * @param trainedOn domain to train on
 * @param optimizer name of the optimiser
 * @param lr largest learning rate, per step
 * @param seed of order, augmentation and split
 * @param options of the optimiser, as typed, sorted
 * @param settings parts of the recipe that differ from the world's, as typed, sorted
 */
public record ExperimentSpec(
        String experiment,
        String profile,
        String trainedOn,
        String optimizer,
        double lr,
        long seed,
        Map<String, String> options,
        Map<String, String> settings) {

    /** Version of the JSON form. */
    public static final int SCHEMA = 1;

    /** The profile of the small worlds. */
    public static final String TWIN = "twin";

    public ExperimentSpec {
        if (!(lr >= 0 && lr < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lr must be finite and >= 0, got " + lr + "; 1e-3 is a start");
        }
        Known.require("profile", profile, Profile.words());
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Work in the twin profile with the world's recipe. */
    public static ExperimentSpec of(
            String experiment, String trainedOn, String optimizer, double lr, long seed, Map<String, String> options) {
        return new ExperimentSpec(experiment, TWIN, trainedOn, optimizer, lr, seed, options, Map.of());
    }

    /** What tables call the strength: lambda, or 0 where the optimiser has none. */
    public double lambda() {
        return Double.parseDouble(options.getOrDefault("lambda", "0"));
    }

    /** Seed of the pre-training that is fine-tuned; 0 where the world has one only. */
    public int pretrained() {
        return Integer.parseInt(settings.getOrDefault(World.PRETRAINED, "0"));
    }

    /** This work on another pre-training of its world; 0 is not written down, as in specs from before there were others. */
    public ExperimentSpec pretrained(long seed) {
        Map<String, String> other = new TreeMap<>(settings);
        other.remove(World.PRETRAINED);
        if (seed != 0) {
            other.put(World.PRETRAINED, Long.toString(seed));
        }
        return new ExperimentSpec(experiment, profile, trainedOn, optimizer, lr, this.seed, options, other);
    }

    /** The JSON form: keys in a fixed order, so equal specs give equal text. */
    public String toJson() {
        return new Gson().toJson(toTree());
    }

    /** The tree of {@link #toJson}. */
    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("experiment", experiment);
        tree.put("profile", profile);
        tree.put("trained_on", trainedOn);
        tree.put("optimizer", optimizer);
        tree.put("lr", lr);
        tree.put("seed", seed);
        tree.put("options", options);
        tree.put("settings", settings);
        return tree;
    }

    /**
     * Reads the JSON form.
     *
     * @throws IllegalArgumentException if it is none, or of another schema
     */
    public static ExperimentSpec fromJson(String json) {
        try {
            JsonObject tree = new Gson().fromJson(json, JsonObject.class);
            int schema = tree.get("schema").getAsInt();
            if (schema != SCHEMA) {
                throw new IllegalArgumentException("the spec has schema " + schema + ", this version reads " + SCHEMA
                        + "; use the version it was" + " written by");
            }
            return new ExperimentSpec(
                    tree.get("experiment").getAsString(),
                    tree.get("profile").getAsString(),
                    tree.get("trained_on").getAsString(),
                    tree.get("optimizer").getAsString(),
                    tree.get("lr").getAsDouble(),
                    tree.get("seed").getAsLong(),
                    texts(tree.getAsJsonObject("options")),
                    texts(tree.getAsJsonObject("settings")));
        } catch (JsonParseException | NullPointerException | UnsupportedOperationException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    "a spec in JSON with schema, experiment, profile, trained_on, optimizer, lr, seed, options and"
                            + " settings is needed, got " + json,
                    e);
        }
    }

    private static Map<String, String> texts(JsonObject object) {
        Map<String, String> map = new TreeMap<>();
        object.entrySet()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().getAsString()));
        return map;
    }
}

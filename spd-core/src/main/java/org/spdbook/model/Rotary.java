package org.spdbook.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * By how much rotary position embeddings turn each pair of values from one token to the next: pair i of d by {@code theta^(-2 i / d)}, some of them
 * slowed down for texts longer than those of pre-training.
 *
 * @param theta base, above 1
 * @param stretch how the slow ones are slowed down further; null for not at all
 */
public record Rotary(double theta, @Nullable Stretch stretch) {

    /** Base where a configuration names none. */
    private static final double USUAL = 10_000;

    /**
     * The stretching of LLaMA 3.1: what turns less than {@code low} times within {@code context} tokens is slowed down by {@code factor}, what turns more
     * than {@code high} times is left alone, and between the two there is a slope.
     *
     * @param factor at least 1
     * @param low turns, above 0
     * @param high turns, above {@code low}
     * @param context tokens
     */
    public record Stretch(double factor, double low, double high, int context) {

        public Stretch {
            if (!(factor >= 1 && low > 0 && high > low && context > 0)) {
                throw new IllegalArgumentException(
                        "rope_type llama3 needs factor >= 1, 0 < low_freq_factor < high_freq_factor"
                                + " and original_max_position_embeddings > 0, got " + factor + ", " + low + ", " + high
                                + ", " + context + "; correct the configuration");
            }
        }

        private double slowed(double frequency) {
            double turns = context * frequency / (2 * Math.PI);
            double share = Math.min(1, Math.max(0, (turns - low) / (high - low)));
            return share * frequency + (1 - share) * frequency / factor;
        }
    }

    public Rotary {
        if (!(theta > 1 && theta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "rope_theta must be above 1, got " + theta + "; correct the configuration");
        }
    }

    /** Without stretching. */
    public static Rotary of(double theta) {
        return new Rotary(theta, null);
    }

    /** Reads {@code rope_parameters}, or {@code rope_theta} and {@code rope_scaling} as older configurations have them. */
    static Rotary of(ConfigJson all) {
        ConfigJson now = all.object("rope_parameters");
        ConfigJson before = all.object("rope_scaling");
        ConfigJson kind = now.has("rope_type") ? now : before;
        double theta = now.number("rope_theta", all.number("rope_theta", USUAL));
        String type = kind.text("rope_type", kind.text("type", "default"));
        return switch (type) {
            case "default" -> of(theta);
            case "llama3" ->
                new Rotary(
                        theta,
                        new Stretch(
                                kind.number("factor", 8),
                                kind.number("low_freq_factor", 1),
                                kind.number("high_freq_factor", 4),
                                kind.integer("original_max_position_embeddings", 8192)));
            default ->
                throw new IllegalArgumentException("the configuration asks for rope_type " + type
                        + "; default and llama3 are here, take weights that need no other");
        };
    }

    void writeTo(JsonObject json) {
        JsonObject own = new JsonObject();
        own.addProperty("rope_theta", theta);
        own.addProperty("rope_type", stretch == null ? "default" : "llama3");
        if (stretch != null) {
            own.addProperty("factor", stretch.factor());
            own.addProperty("low_freq_factor", stretch.low());
            own.addProperty("high_freq_factor", stretch.high());
            own.addProperty("original_max_position_embeddings", stretch.context());
        }
        json.add("rope_parameters", own);
    }

    /**
     * Angle of each pair from one token to the next.
     *
     * @param headWidth d
     * @return [d / 2], radians
     */
    float[] frequencies(int headWidth) {
        float[] all = new float[headWidth / 2];
        for (int i = 0; i < all.length; i++) {
            double plain = Math.pow(theta, -2.0 * i / headWidth);
            all[i] = (float) (stretch == null ? plain : stretch.slowed(plain));
        }
        return all;
    }
}

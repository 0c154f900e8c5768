package org.spdbook.experiment.table;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.spdbook.experiment.Setting;

/**
 * What Adam-SPD is compared with at the same distance from the pre-trained weights, in one world. Solved by {@link Matching} and
 * stored in {@code controls-WORLD.json} beside this class.
 *
 * @param experiment name of the world
 * @param deviation of the first row in the mean over the domains, the one to be met
 * @param rows Adam-SPD first
 */
public record Controls(String experiment, double deviation, List<Row> rows) {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public Controls {
        rows = List.copyOf(rows);
    }

    /**
     * One control.
     *
     * @param name in tables and claims
     * @param optimizer of the setting, with its rate, strength and options
     * @param deviation mean final deviation when it was solved; the tables have that of all runs
     */
    public record Row(
            String name, String optimizer, double lr, double lambda, Map<String, String> options, double deviation) {

        static Row of(String name, Setting setting, double deviation) {
            return new Row(name, setting.optimizer(), setting.lr(), setting.lambda(), setting.options(), deviation);
        }

        /** Method, rate and strength. */
        public Setting setting() {
            return new Setting(optimizer, lr, lambda, options);
        }
    }

    /**
     * The controls of a world that the software brings.
     *
     * @throws IllegalArgumentException if none were solved for it
     */
    public static Controls of(String experiment) {
        try (InputStream in = Controls.class.getResourceAsStream("controls-" + experiment + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("no controls were solved for " + experiment
                        + " yet; solve them with:" + " spd match " + experiment);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the controls of " + experiment + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Controls parse(String json) {
        try {
            return Objects.requireNonNull(GSON.fromJson(json, Controls.class));
        } catch (RuntimeException e) { // also what the constructors of records refuse
            throw new IllegalArgumentException("controls need experiment, deviation and rows in JSON", e);
        }
    }

    /** The JSON form. */
    public String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /** The table of their runs. */
    public TablePlan plan() {
        return new TablePlan(
                experiment,
                List.of(),
                rows.stream().map(Row::setting).toList(),
                rows.stream().map(Row::name).toList());
    }
}

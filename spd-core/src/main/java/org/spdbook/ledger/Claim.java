package org.spdbook.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.Choice;
import org.spdbook.experiment.table.SeedRange;

/**
 * A statement that runs can bear out or not, with the rules that decide. Read from {@code book/claims.json}, which is written
 * before the runs.
 *
 * @param id such as T1
 * @param says the statement
 * @param source who states it
 * @param table name of the table whose cells are compared
 * @param worlds where it is checked
 * @param parts what is compared; all of them bear on the verdict
 */
public record Claim(String id, String says, String source, String table, List<Place> worlds, List<Part> parts) {

    public Claim {
        worlds = List.copyOf(worlds);
        parts = List.copyOf(parts);
    }

    /**
     * Where a claim is checked.
     *
     * @param experiment name of the world
     * @param on domains to train on; empty for the table's own
     * @param domains over which it is summed up; empty for all
     * @param pretrained seeds of the pre-trainings
     */
    public record Place(String experiment, String on, String domains, SeedRange pretrained) {

        /** For people: {@code domainnet, paper} or {@code emoji, pre-trainings 0..2}. */
        public String label() {
            return experiment
                    + (domains.isEmpty() ? "" : ", " + domains)
                    + (pretrained.last() == 0 ? "" : ", pre-trainings " + pretrained);
        }
    }

    /** What is measured. */
    public enum Measure {
        ID,
        OOD,
        DEVIATION,
        RETENTION;

        /** For people, in an experiment. */
        public String words(String experiment) {
            return switch (this) {
                case ID, OOD -> name() + " " + World.metric(experiment);
                case DEVIATION -> "deviation ratio";
                case RETENTION -> "retention loss ratio";
            };
        }

        /** Whether two methods are compared by a ratio, not by a difference. */
        public boolean isRatio() {
            return this == DEVIATION || this == RETENTION;
        }
    }

    /**
     * One comparison.
     *
     * @param a first method, see {@link org.spdbook.experiment.table.Table#compare}
     * @param b second method
     */
    public record Part(Measure measure, Rule rule, Choice choice, String a, String b) {}

    /**
     * The claims that the software brings.
     *
     * @throws IOException if there are none
     */
    public static List<Claim> all() throws IOException {
        try (InputStream in = Claim.class.getResourceAsStream("/org/spdbook/book/claims.json")) {
            if (in == null) {
                throw new IOException("the claims are not on the class path; build spd-magics, which brings them");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads claims.
     *
     * @throws IllegalArgumentException if the text is no such JSON
     */
    static List<Claim> parse(String json) {
        try {
            return list(JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("claims"), Claim::claim);
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "claims need an array claims of objects with id, says, source, table, worlds and parts; look at"
                            + " book/claims.json",
                    e);
        }
    }

    private static Claim claim(JsonObject tree) {
        return new Claim(
                tree.get("id").getAsString(),
                tree.get("says").getAsString(),
                tree.get("source").getAsString(),
                tree.get("table").getAsString(),
                list(tree.getAsJsonArray("worlds"), Claim::place),
                list(tree.getAsJsonArray("parts"), Claim::part));
    }

    private static Place place(JsonObject tree) {
        return new Place(
                tree.get("experiment").getAsString(),
                text(tree, "on"),
                text(tree, "domains"),
                SeedRange.parse(tree.has(World.PRETRAINED) ? text(tree, World.PRETRAINED) : "0"));
    }

    private static String text(JsonObject tree, String name) {
        return tree.has(name) ? tree.get(name).getAsString() : "";
    }

    private static Part part(JsonObject tree) {
        return new Part(
                Measure.valueOf(tree.get("measure").getAsString().toUpperCase(java.util.Locale.ROOT)),
                Rule.of(tree.get("rule").getAsString()),
                Choice.of(tree.get("choice").getAsString()),
                tree.get("a").getAsString(),
                tree.get("b").getAsString());
    }

    private static <T> List<T> list(JsonArray array, Function<JsonObject, T> read) {
        List<T> all = new ArrayList<>();
        for (JsonElement element : array) {
            all.add(read.apply(element.getAsJsonObject()));
        }
        return all;
    }
}

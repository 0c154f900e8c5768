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
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.spdbook.eval.Estimate;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.SetGroups;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.Choice;
import org.spdbook.experiment.table.Comparison;
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

    /**
     * What is measured.
     *
     * @param word id, ood, deviation, retention, or the name of a group of test sets, see {@link World#groups}
     */
    public record Measure(String word) {

        static final Measure ID = new Measure("id");
        static final Measure OOD = new Measure("ood");
        static final Measure DEVIATION = new Measure("deviation");
        static final Measure RETENTION = new Measure("retention");

        private static final List<Measure> OF_ALL = List.of(ID, OOD, DEVIATION, RETENTION);

        /** For people, in an experiment. */
        public String words(String experiment) {
            if (isRatio()) {
                return equals(DEVIATION) ? "deviation ratio" : "retention loss ratio";
            }
            return (OF_ALL.contains(this) ? word.toUpperCase(Locale.ROOT) : word) + " " + World.metric(experiment);
        }

        /** Whether two methods are compared by a ratio, not by a difference. */
        public boolean isRatio() {
            return equals(DEVIATION) || equals(RETENTION);
        }

        /**
         * Checks that it can be measured.
         *
         * @param groups of test sets that there are
         * @throws IllegalArgumentException if it is none of them, with what can be
         */
        Measure known(SetGroups groups) {
            Known.require(
                    "measure",
                    word,
                    Stream.concat(OF_ALL.stream().map(Measure::word), groups.names().stream())
                            .toList());
            return this;
        }

        /** What was found of it; without interval and NaN where it was not measured. */
        Estimate of(Comparison pair) {
            return switch (word) {
                case "id" -> pair.id();
                case "ood" -> pair.ood();
                case "deviation" -> pair.deviation();
                case "retention" -> pair.retention();
                default -> pair.groups().getOrDefault(word, Estimate.without(Double.NaN));
            };
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
                new Measure(tree.get("measure").getAsString()),
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

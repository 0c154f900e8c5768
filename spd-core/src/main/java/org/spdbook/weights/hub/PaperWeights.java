package org.spdbook.weights.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spdbook.weights.StrictJson;

/**
 * Pre-trained weights that a table of the paper begins with, from the resource {@code weights.json}: where they are, and what is
 * known of them. What is not known is empty.
 *
 * @param tables of the paper, 1 to 6
 * @param model in the words of the paper
 * @param repository on the hub
 * @param revision what is pulled: a branch
 * @param commit that the branch was when it was looked up; not enforced
 * @param files to pull; of an index also the files that it names
 * @param tokenizer the file with the tokenizer, one of {@code files}
 * @param licence in the words of the repository
 * @param gated whether the licence must be accepted first, with an account
 * @param gigabytes about how much all files are, in 10^9 bytes
 * @param notes what else is to be known, each a sentence or two
 */
public record PaperWeights(
        List<Integer> tables,
        String model,
        String repository,
        String revision,
        Optional<String> commit,
        List<WeightsFile> files,
        Optional<String> tokenizer,
        Optional<String> licence,
        boolean gated,
        Optional<Double> gigabytes,
        List<String> notes) {

    private static final String RESOURCE = "weights.json";
    private static final int FORMAT = 1;
    private static final int LAST_TABLE = 6;
    private static final Set<String> KEYS = Set.of(
            "tables",
            "model",
            "repository",
            "revision",
            "commit",
            "files",
            "tokenizer",
            "licence",
            "gated",
            "gigabytes",
            "notes");

    /**
     * One file of them.
     *
     * @param name in the repository
     * @param sha256 in lower-case hexadecimal, where it is known
     */
    public record WeightsFile(String name, Optional<String> sha256) {
        public WeightsFile {
            if (sha256.isPresent() && !sha256.get().matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "sha256 of " + name + " needs 64 hexadecimal digits in lower case, found " + sha256.get());
            }
        }
    }

    public PaperWeights {
        tables = List.copyOf(tables);
        files = List.copyOf(files);
        notes = List.copyOf(notes);
        Set<String> names = new HashSet<>();
        for (WeightsFile file : files) {
            if (!names.add(new HubFile(repository, revision, file.name()).name())) {
                throw new IllegalArgumentException(repository + " has file " + file.name() + " twice; leave one out");
            }
        }
        if (tables.isEmpty() || tables.stream().anyMatch(table -> table < 1 || table > LAST_TABLE)) {
            throw new IllegalArgumentException(
                    repository + " needs tables of 1.." + LAST_TABLE + ", found " + tables + "; correct them");
        }
        if (commit.isPresent() && !new HubFile(repository, commit.get(), "config.json").isPinned()) {
            throw new IllegalArgumentException(repository + " needs a whole commit or none, found " + commit.get());
        }
        if (names.isEmpty() || tokenizer.isPresent() && !names.contains(tokenizer.get())) {
            throw new IllegalArgumentException(
                    repository + " needs files, and its tokenizer among them, found " + names + "; correct them");
        }
        if (gigabytes.isPresent() && !(gigabytes.get() > 0)) {
            throw new IllegalArgumentException(repository + " needs gigabytes above 0, found " + gigabytes.get());
        }
    }

    /** All of them, in the order of the tables. */
    public static List<PaperWeights> all() {
        try (InputStream in = Objects.requireNonNull(
                PaperWeights.class.getResourceAsStream(RESOURCE), "weights.json is not in the jar")) {
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("weights.json of this build is broken: " + e.getMessage(), e);
        }
    }

    /**
     * Those of a table.
     *
     * @throws IllegalArgumentException if the paper has no such table with weights
     */
    public static List<PaperWeights> ofTable(int table) {
        List<PaperWeights> found =
                all().stream().filter(one -> one.tables.contains(table)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "table " + table + " has no pre-trained weights; choose one of 1.." + LAST_TABLE);
        }
        return found;
    }

    /** Those of a repository, if the paper uses it. */
    public static Optional<PaperWeights> of(String repository) {
        return all().stream().filter(one -> one.repository.equals(repository)).findFirst();
    }

    /** Files of it that are in a cache, as far as their names are known before an index is read. */
    public long cached(HubCache cache) {
        return files.stream()
                .filter(file -> cache.find(new HubFile(repository, revision, file.name()))
                        .isPresent())
                .count();
    }

    /** Reads the list, strictly: every entry has every key and no other. */
    static List<PaperWeights> read(byte[] json) throws IOException {
        JsonObject root = StrictJson.parse(ByteBuffer.wrap(json));
        if (!(root.get("format") instanceof JsonPrimitive format)
                || !format.isNumber()
                || format.getAsInt() != FORMAT
                || !(root.get("weights") instanceof JsonArray entries)) {
            throw new IOException("it needs format " + FORMAT + " and a list weights");
        }
        List<PaperWeights> all = new ArrayList<>();
        for (JsonElement entry : entries) {
            if (!(entry instanceof JsonObject object) || !object.keySet().equals(KEYS)) {
                throw new IOException("an entry needs the keys " + KEYS + ", found " + entry);
            }
            try {
                all.add(read(object));
            } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
                throw new IOException("entry " + object.get("repository") + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(all);
    }

    private static PaperWeights read(JsonObject object) {
        List<WeightsFile> files = new ArrayList<>();
        for (JsonElement file : object.getAsJsonArray("files")) {
            files.add(new WeightsFile(
                    file.getAsJsonObject().get("name").getAsString(), text(file.getAsJsonObject(), "sha256")));
        }
        return new PaperWeights(
                object.getAsJsonArray("tables").asList().stream()
                        .map(JsonElement::getAsInt)
                        .toList(),
                object.get("model").getAsString(),
                object.get("repository").getAsString(),
                object.get("revision").getAsString(),
                text(object, "commit"),
                files,
                text(object, "tokenizer"),
                text(object, "licence"),
                object.get("gated").getAsBoolean(),
                value(object, "gigabytes").map(JsonElement::getAsDouble),
                object.getAsJsonArray("notes").asList().stream()
                        .map(JsonElement::getAsString)
                        .toList());
    }

    private static Optional<String> text(JsonObject object, String key) {
        return value(object, key).map(JsonElement::getAsString);
    }

    private static Optional<JsonElement> value(JsonObject object, String key) {
        @Nullable JsonElement value = object.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing; write null where it is not known");
        }
        return value.isJsonNull() ? Optional.empty() : Optional.of(value);
    }
}

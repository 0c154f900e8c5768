package org.spdbook.data.commonsense;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file of records, read as a stream: of a file of any length, one record is in memory at a time. */
final class CommonsenseRecords {

    private static final List<String> FIELDS = List.of("instruction", "input", "output", "answer");
    private static final String ANEW = "; get the file anew";

    private final Path file;
    private final JsonReader reader;
    private final List<String> labels;
    private final Problems problems;
    /** Outputs and answers are few and repeated; equal ones are one text. */
    private final Map<String, String> repeated = new HashMap<>();

    private int number;

    /** What is done where a record is wrong: an error, or a note. */
    @FunctionalInterface
    interface Problems {

        /** Takes a sentence. */
        void add(String problem) throws IOException;
    }

    private CommonsenseRecords(Path file, JsonReader reader, List<String> labels, Problems problems) {
        this.file = file;
        this.reader = reader;
        this.labels = labels;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param labels the answers that a record can have
     * @param items is given the records that are right, in order
     * @param problems is given a sentence for each of the others
     * @throws IOException if the file cannot be read as a list of records, in one sentence, or as {@code problems} has it
     */
    static void read(Path file, List<String> labels, Consumer<CommonsenseItem> items, Problems problems)
            throws IOException {
        // a reader of Files refuses what is not UTF-8, others replace it
        try (var reader = new JsonReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            reader.setStrictness(Strictness.STRICT);
            var records = new CommonsenseRecords(file, reader, labels, problems);
            try {
                records.read(items);
            } catch (CharacterCodingException e) {
                throw new IOException(file + " is no text in UTF-8" + records.place() + ANEW, e);
            } catch (EOFException e) {
                throw new IOException(file + " ends too early" + records.place() + ANEW, e);
            } catch (MalformedJsonException e) {
                throw new IOException(file + " is not valid JSON" + records.place() + ANEW, e);
            }
        }
    }

    private String place() {
        return number == 0 ? ", at its beginning" : ", in or after record " + number;
    }

    private void read(Consumer<CommonsenseItem> items) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_ARRAY) {
            throw new IOException(
                    file + " should be a JSON array of records, it begins with " + word(reader.peek()) + ANEW);
        }
        reader.beginArray();
        while (reader.hasNext()) {
            number++;
            @Nullable String problem = null;
            if (reader.peek() == JsonToken.BEGIN_OBJECT) {
                Map<String, String> fields = new HashMap<>();
                problem = fields(fields).or(() -> wrong(fields)).orElse(null);
                if (problem == null) {
                    items.accept(item(fields));
                }
            } else {
                problem = "is " + word(reader.peek()) + ", not an object";
                reader.skipValue();
            }
            if (problem != null) {
                problems.add("record " + number + " of " + file + " " + problem + ANEW);
            }
        }
        reader.endArray();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IOException(file + " goes on after the end of its array" + ANEW);
        }
    }

    /** Reads an object's texts; what else it may have is passed over. */
    private Optional<String> fields(Map<String, String> fields) throws IOException {
        @Nullable String problem = null;
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (!FIELDS.contains(name)) {
                reader.skipValue();
            } else if (reader.peek() != JsonToken.STRING) {
                problem = "has " + word(reader.peek()) + " as " + name + ", not a text";
                reader.skipValue();
            } else if (fields.put(name, reader.nextString()) != null) {
                problem = "has " + name + " twice";
            }
        }
        reader.endObject();
        return Optional.ofNullable(problem);
    }

    private Optional<String> wrong(Map<String, String> fields) {
        List<String> lacking =
                FIELDS.stream().filter(name -> !fields.containsKey(name)).toList();
        if (!lacking.isEmpty()) {
            return Optional.of("lacks " + String.join(", ", lacking));
        }
        if (text(fields, "instruction").isBlank()) {
            return Optional.of("has an empty instruction");
        }
        if (!text(fields, "input").isEmpty()) {
            return Optional.of("has the input \"" + CommonsensePrompt.shortened(text(fields, "input"))
                    + "\", which should be empty: the prompts have no place for it");
        }
        if (!labels.contains(text(fields, "answer"))) {
            return Optional.of("has the answer \"" + CommonsensePrompt.shortened(text(fields, "answer"))
                    + "\", which is none of " + String.join(", ", labels));
        }
        return Optional.empty();
    }

    private CommonsenseItem item(Map<String, String> fields) {
        return new CommonsenseItem(
                text(fields, "instruction"), "", once(text(fields, "output")), once(text(fields, "answer")));
    }

    private static String text(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    private String once(String text) {
        return repeated.computeIfAbsent(text, same -> same);
    }

    private static String word(JsonToken token) {
        return switch (token) {
            case BEGIN_ARRAY -> "an array";
            case BEGIN_OBJECT -> "an object";
            case STRING -> "a text";
            default -> "a " + token.name().toLowerCase(Locale.ROOT); // a number, a boolean, a null
        };
    }
}

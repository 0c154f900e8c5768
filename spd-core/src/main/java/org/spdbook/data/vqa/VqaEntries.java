package org.spdbook.data.vqa;

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
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of entries, read as a stream: of a file of any length, one entry is in memory at a time. */
final class VqaEntries {

    static final String ANEW = "; get the file anew";
    private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

    private final Path file;
    private final JsonReader reader;
    private final VqaEntryReader entries;
    private final VqaFindings.Count problems;
    private int number;

    /** What is done with an entry. */
    @FunctionalInterface
    interface Taker {

        /** Takes an entry and its number in the file, from 1. */
        void take(int number, VqaEntry entry) throws IOException;
    }

    private VqaEntries(Path file, JsonReader reader, VqaTexts texts, VqaFindings.Count problems) {
        this.file = file;
        this.reader = reader;
        this.entries = new VqaEntryReader(reader, texts);
        this.problems = problems;
    }

    /**
     * Reads a file that is a list of entries, or an object with a list of them.
     *
     * @param list the name of the list in an object
     * @param texts keeps what is equal once
     * @param taker is given the entries whose fields are of the right kind, in order
     * @param problems is given a sentence for each of the others, and for each field that is not known
     * @throws IOException if the file cannot be read to its end, in one sentence
     */
    static void read(Path file, String list, VqaTexts texts, Taker taker, VqaFindings.Count problems)
            throws IOException {
        walk(file, texts, problems, entries -> entries.read(list, taker));
    }

    /**
     * The ids of a file that is a list of numbers or texts.
     *
     * @throws IOException if the file cannot be read to its end, in one sentence
     */
    static Set<String> ids(Path file, VqaFindings.Count problems) throws IOException {
        Set<String> ids = new HashSet<>();
        walk(file, new VqaTexts(), problems, entries -> entries.ids(ids));
        return ids;
    }

    private static void walk(Path file, VqaTexts texts, VqaFindings.Count problems, Walk walk) throws IOException {
        // a reader of Files refuses what is not UTF-8, others replace it
        try (var reader = new JsonReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            reader.setStrictness(Strictness.STRICT);
            var entries = new VqaEntries(file, reader, texts, problems);
            try {
                walk.over(entries);
                if (reader.peek() != JsonToken.END_DOCUMENT) {
                    throw new IOException(file + " goes on after its end" + entries.place(null) + ANEW);
                }
            } catch (CharacterCodingException e) {
                throw new IOException(file + " is no text in UTF-8" + entries.place(e) + ANEW, e);
            } catch (EOFException e) {
                throw new IOException(file + " ends too early" + entries.place(e) + ANEW, e);
            } catch (MalformedJsonException e) {
                throw new IOException(file + " is not valid JSON" + entries.place(e) + ANEW, e);
            }
        }
    }

    @FunctionalInterface
    private interface Walk {
        void over(VqaEntries entries) throws IOException;
    }

    private String place(@Nullable IOException error) {
        Matcher place = PLACE.matcher(error == null ? "" : String.valueOf(error.getMessage()));
        return (place.find() ? ", at line " + place.group(1) + " column " + place.group(2) : "")
                + (number == 0 ? ", before its first entry" : ", in or after entry " + number);
    }

    private void read(String list, Taker taker) throws IOException {
        if (reader.peek() == JsonToken.BEGIN_ARRAY) {
            list(taker);
        } else if (reader.peek() == JsonToken.BEGIN_OBJECT) {
            inObject(list, taker);
        } else {
            throw new IOException(file + " should be a JSON array of entries or an object with an array \"" + list
                    + "\", it begins with " + word(reader.peek()) + ANEW);
        }
        entries.unknown()
                .forEach((field, count) -> problems.add(
                        VqaProblem.UNKNOWN_FIELD,
                        String.format(
                                Locale.ROOT,
                                "field \"%s\" in %,d entries of %s is passed over, update the reader if it matters",
                                field,
                                count,
                                file)));
    }

    private void inObject(String list, Taker taker) throws IOException {
        boolean found = false;
        reader.beginObject();
        while (reader.hasNext()) {
            if (!reader.nextName().equals(list)) {
                reader.skipValue();
            } else if (reader.peek() != JsonToken.BEGIN_ARRAY) {
                throw new IOException(
                        file + " has " + word(reader.peek()) + " as \"" + list + "\", not an array" + ANEW);
            } else {
                list(taker);
                found = true;
            }
        }
        reader.endObject();
        if (!found) {
            throw new IOException(file + " has no array \"" + list + "\"" + ANEW);
        }
    }

    private void list(Taker taker) throws IOException {
        reader.beginArray();
        while (reader.hasNext()) {
            number++;
            @Nullable VqaEntry entry = null;
            if (reader.peek() == JsonToken.BEGIN_OBJECT) {
                entry = entries.read();
            } else {
                entries.refuse("is " + word(reader.peek()) + ", not an object");
                reader.skipValue();
            }
            if (entry == null) {
                problems.add(
                        VqaProblem.WRONG_ENTRY, "entry " + number + " of " + file + " " + entries.problem() + ANEW);
            } else {
                taker.take(number, entry);
            }
        }
        reader.endArray();
    }

    private void ids(Set<String> ids) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_ARRAY) {
            throw new IOException(
                    file + " should be a JSON array of ids, it begins with " + word(reader.peek()) + ANEW);
        }
        reader.beginArray();
        while (reader.hasNext()) {
            number++;
            if (reader.peek() == JsonToken.NUMBER || reader.peek() == JsonToken.STRING) {
                ids.add(reader.nextString());
            } else {
                problems.add(
                        VqaProblem.WRONG_ENTRY,
                        "entry " + number + " of " + file + " is " + word(reader.peek()) + ", not an id" + ANEW);
                reader.skipValue();
            }
        }
        reader.endArray();
    }

    /** What a token is, with an article. */
    static String word(JsonToken token) {
        return switch (token) {
            case BEGIN_ARRAY -> "an array";
            case BEGIN_OBJECT -> "an object";
            case STRING -> "a text";
            default -> "a " + token.name().toLowerCase(Locale.ROOT); // a number, a boolean, a null
        };
    }
}

package org.spdbook.data;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens that a {@code tokenizer.json} names, with their ids: those of its model and the added ones. Read as a stream, as some
 * files hold several hundred thousand. The native library keeps this table to itself.
 */
record Vocabulary(Map<String, Long> ids) {

    /**
     * Reads the text of a file.
     *
     * @throws IOException with a clause that says what is wrong
     */
    static Vocabulary parse(String json) throws IOException {
        Map<String, Long> model = new HashMap<>();
        Map<String, Long> added = new HashMap<>();
        try (var reader = new JsonReader(new StringReader(json))) {
            reader.setStrictness(Strictness.STRICT);
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "model" -> model(reader, model);
                    case "added_tokens" -> added(reader, added);
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows its closing brace");
            }
        } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException e) {
            throw new IOException("it is not the JSON of a tokenizer: " + firstLine(e), e);
        }
        if (model.isEmpty()) {
            throw new IOException("it has no model with a vocab");
        }
        added.forEach(model::putIfAbsent); // as the native library: a token of the model keeps its id
        return new Vocabulary(Collections.unmodifiableMap(model)); // Map.copyOf of 256,000 takes over a second
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static void model(JsonReader reader, Map<String, Long> ids) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            if (!reader.nextName().equals("vocab")) {
                reader.skipValue();
            } else if (reader.peek() == JsonToken.BEGIN_ARRAY) {
                pairs(reader, ids);
            } else {
                reader.beginObject();
                while (reader.hasNext()) {
                    ids.put(reader.nextName(), reader.nextLong());
                }
                reader.endObject();
            }
        }
        reader.endObject();
    }

    /** Unigram models list pairs of token and score; the place in the list is the id. */
    private static void pairs(JsonReader reader, Map<String, Long> ids) throws IOException {
        reader.beginArray();
        for (long id = 0; reader.hasNext(); id++) {
            reader.beginArray();
            ids.putIfAbsent(reader.nextString(), id);
            reader.skipValue();
            reader.endArray();
        }
        reader.endArray();
    }

    private static void added(JsonReader reader, Map<String, Long> ids) throws IOException {
        reader.beginArray();
        while (reader.hasNext()) {
            String content = null;
            Long id = null;
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "content" -> content = reader.nextString();
                    case "id" -> id = reader.nextLong();
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
            if (content == null || id == null) {
                throw new IOException("one of its added_tokens has no id or no content");
            }
            ids.put(content, id);
        }
        reader.endArray();
    }
}

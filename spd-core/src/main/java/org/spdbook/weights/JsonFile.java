package org.spdbook.weights;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A JSON file, read strictly. */
public final class JsonFile {

    private JsonFile() {}

    /**
     * The value in a file.
     *
     * @throws IOException if it is missing, cannot be read or is not valid JSON, in one sentence
     */
    public static JsonElement read(Path file) throws IOException {
        try (var reader = new JsonReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement value = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException(file + " is not valid JSON: something follows its value; restore the file");
            }
            return value;
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is missing; restore it", e);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not valid JSON: it is not UTF-8 text; restore the file", e);
        } catch (com.google.gson.stream.MalformedJsonException | JsonParseException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
            throw new IOException(
                    file + " is not valid JSON (" + reason.replaceFirst("^[\\w.]+Exception: ", "")
                            + "); restore the file",
                    e);
        }
    }

    /**
     * The object in a file.
     *
     * @throws IOException if it cannot be read or holds something else, in one sentence
     */
    public static JsonObject object(Path file) throws IOException {
        JsonElement value = read(file);
        if (!value.isJsonObject()) {
            throw new IOException(file + " needs a JSON object, found another value; restore the file");
        }
        return value.getAsJsonObject();
    }
}

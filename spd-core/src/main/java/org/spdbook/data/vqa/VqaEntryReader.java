package org.spdbook.data.vqa;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One entry of any of the formats. */
final class VqaEntryReader {

    private static final Set<String> ANSWERS = Set.of("answer", "answers");
    private static final Set<String> TEXTS = Set.of("question", "answer_type", "image", "coco_split");
    private static final Set<String> IDS = Set.of("question_id", "image_id");

    /** Fields of the formats that nothing here needs. */
    private static final Set<String> PASSED_OVER = Set.of(
            "answerable",
            "dataset",
            "flickr_300k_url",
            "flickr_original_url",
            "image_classes",
            "image_height",
            "image_width",
            "instance_id",
            "multiple_choice_answer",
            "confidence",
            "question_tokens",
            "question_type",
            "rephrasing_of",
            "set_name",
            "split");

    private final JsonReader reader;
    private final VqaTexts texts;
    private final Map<String, Integer> unknown = new TreeMap<>();
    private @Nullable String problem;

    VqaEntryReader(JsonReader reader, VqaTexts texts) {
        this.reader = reader;
        this.texts = texts;
    }

    /** Reads an object; null if a field is wrong, see {@link #problem}. */
    @Nullable
    VqaEntry read() throws IOException {
        problem = null;
        Map<String, String> fields = new HashMap<>();
        @Nullable List<String> answers = null;
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (ANSWERS.contains(name)) {
                refuseIf(answers != null, "has answers twice");
                answers = answers(name);
            } else if (TEXTS.contains(name) || IDS.contains(name)) {
                field(name, fields);
            } else {
                if (!PASSED_OVER.contains(name)) {
                    unknown.merge(name, 1, Integer::sum);
                }
                reader.skipValue();
            }
        }
        reader.endObject();
        return problem != null
                ? null
                : new VqaEntry(
                        fields.get("question_id"),
                        fields.get("question"),
                        answers == null ? null : texts.once(answers),
                        fields.get("answer_type"),
                        fields.get("image"),
                        fields.get("image_id"),
                        fields.get("coco_split"));
    }

    private void field(String name, Map<String, String> fields) throws IOException {
        JsonToken token = reader.peek();
        if (token == JsonToken.STRING || token == JsonToken.NUMBER && IDS.contains(name)) {
            refuseIf(fields.put(name, texts.once(reader.nextString())) != null, "has " + name + " twice");
        } else {
            refuse("has " + VqaEntries.word(token) + " as " + name + ", not a text"
                    + (IDS.contains(name) ? " or a number" : ""));
            reader.skipValue();
        }
    }

    private List<String> answers(String name) throws IOException {
        List<String> answers = new ArrayList<>();
        if (reader.peek() != JsonToken.BEGIN_ARRAY) {
            refuse("has " + VqaEntries.word(reader.peek()) + " as " + name + ", not a list");
            reader.skipValue();
            return answers;
        }
        reader.beginArray();
        while (reader.hasNext()) {
            if (reader.peek() == JsonToken.BEGIN_OBJECT) {
                answerOfObject(answers);
            } else {
                answer(answers);
            }
        }
        reader.endArray();
        return answers;
    }

    private void answerOfObject(List<String> answers) throws IOException {
        int before = answers.size();
        reader.beginObject();
        while (reader.hasNext()) {
            if (reader.nextName().equals("answer")) {
                answer(answers);
            } else {
                reader.skipValue(); // raw_answer, answer_id, answer_confidence
            }
        }
        reader.endObject();
        refuseIf(answers.size() != before + 1, "has an answer without one text \"answer\"");
    }

    private void answer(List<String> answers) throws IOException {
        if (reader.peek() == JsonToken.STRING) {
            answers.add(texts.once(reader.nextString()));
        } else {
            refuse("has " + VqaEntries.word(reader.peek()) + " as an answer, not a text");
            reader.skipValue();
        }
    }

    /** Notes what is wrong; the first counts. */
    void refuse(String what) {
        problem = problem == null ? what : problem;
    }

    private void refuseIf(boolean wrong, String what) {
        if (wrong) {
            refuse(what);
        }
    }

    /** What was wrong with the last entry, a verb first; forgets it. */
    String problem() {
        String last = String.valueOf(problem);
        problem = null;
        return last;
    }

    /** Fields that no format has, with how many entries have them. */
    Map<String, Integer> unknown() {
        return unknown;
    }
}

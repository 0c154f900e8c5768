package org.spdbook.data.vqa;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a set: every file once, as a stream. Of the annotations, answers and types are in memory until their questions are read. */
final class VqaReader {

    private final VqaSource source;
    private final VqaFindings.Count problems = new VqaFindings.Count();
    private final VqaTexts texts = new VqaTexts();
    private final List<VqaItem> items = new ArrayList<>();
    private final Set<Key> seen = new HashSet<>();

    /** A question about a picture: edited pictures share their questions' ids. */
    private record Key(String id, String picture) {}

    /** What is said about a question; says whether the question was there. */
    private static final class Annotation {
        private final List<String> answers;
        private final String type;
        private boolean used;

        Annotation(List<String> answers, @Nullable String type) {
            this.answers = answers;
            this.type = type == null ? "" : type;
        }
    }

    private record Asked(String id, String question, String picture) {}

    private VqaReader(VqaSource source) {
        this.source = source;
    }

    /**
     * Reads the files.
     *
     * @throws IOException if one cannot be read to its end, in one sentence
     */
    static VqaPart read(VqaSource source) throws IOException {
        var reader = new VqaReader(source);
        if (source.form() == VqaSource.Form.COCO) {
            reader.joined();
        } else {
            reader.together();
        }
        return new VqaPart(reader.items, reader.problems.findings());
    }

    private void together() throws IOException {
        Map<String, String> types = new HashMap<>();
        if (source.annotations() != null) {
            VqaEntries.read(
                    source.annotations(),
                    "annotations",
                    texts,
                    (number, entry) -> {
                        if (entry.id() != null && entry.answerType() != null) {
                            types.put(entry.id(), entry.answerType());
                        }
                    },
                    problems);
        }
        VqaEntries.read(
                source.questions(),
                source.list(),
                texts,
                (number, entry) -> {
                    @Nullable Asked asked = asked(number, entry);
                    if (asked != null && entry.answers() != null) {
                        add(asked, entry.answers(), type(asked, entry, types));
                    }
                },
                problems);
    }

    private String type(Asked asked, VqaEntry entry, Map<String, String> types) {
        @Nullable String type = entry.answerType() == null ? types.get(asked.id) : entry.answerType();
        if (type == null && source.annotations() != null) {
            problems.add(
                    VqaProblem.NO_TYPE,
                    "question " + asked.id + " of " + source.questions() + " has no answer type in "
                            + source.annotations() + VqaEntries.ANEW);
        }
        return type == null ? "" : type;
    }

    private void joined() throws IOException {
        @Nullable Set<String> ids = source.ids() == null ? null : VqaEntries.ids(source.ids(), problems);
        Map<Key, Annotation> annotations = annotations(ids);
        @Nullable Set<String> left = ids == null ? null : new HashSet<>(ids);
        VqaEntries.read(
                source.questions(),
                source.list(),
                texts,
                (number, entry) -> {
                    if (entry.id() != null && left != null) {
                        left.remove(entry.id());
                    }
                    if (entry.id() == null || ids == null || ids.contains(entry.id())) {
                        question(number, entry, annotations);
                    }
                },
                problems);
        if (left != null) {
            left.stream()
                    .sorted()
                    .forEach(id -> problems.add(
                            VqaProblem.NO_QUESTION,
                            "id " + id + " of " + source.ids() + " is no question of " + source.questions()
                                    + VqaEntries.ANEW));
        }
        annotations.forEach((key, annotation) -> {
            if (!annotation.used) {
                problems.add(
                        VqaProblem.NO_QUESTION,
                        "question " + key.id + " of " + source.annotations() + " is not in " + source.questions()
                                + VqaEntries.ANEW);
            }
        });
    }

    private Map<Key, Annotation> annotations(@Nullable Set<String> ids) throws IOException {
        Map<Key, Annotation> annotations = new LinkedHashMap<>();
        if (source.annotations() == null) {
            return annotations;
        }
        VqaEntries.read(
                source.annotations(),
                "annotations",
                texts,
                (number, entry) -> {
                    if (entry.id() == null || entry.imageId() == null || entry.answers() == null) {
                        problems.add(
                                VqaProblem.WRONG_ENTRY,
                                "entry " + number + " of " + source.annotations() + " lacks "
                                        + (entry.id() == null
                                                ? "question_id"
                                                : entry.imageId() == null ? "image_id" : "answers")
                                        + VqaEntries.ANEW);
                    } else if (ids == null || ids.contains(entry.id())) {
                        var key = new Key(entry.id(), entry.imageId());
                        if (annotations.putIfAbsent(key, new Annotation(entry.answers(), entry.answerType())) != null) {
                            problems.add(
                                    VqaProblem.REPEATED,
                                    "question " + key.id + " is in " + source.annotations()
                                            + " again, the first one counts");
                        }
                    }
                },
                problems);
        return annotations;
    }

    private void question(int number, VqaEntry entry, Map<Key, Annotation> annotations) {
        @Nullable Asked asked = asked(number, entry);
        if (asked == null || entry.imageId() == null) {
            return;
        }
        @Nullable Annotation annotation = annotations.get(new Key(asked.id, entry.imageId()));
        if (annotation == null) {
            problems.add(
                    VqaProblem.NO_ANNOTATION,
                    "question " + asked.id + " of " + source.questions() + " has no answers in " + source.annotations()
                            + VqaEntries.ANEW);
        } else {
            annotation.used = true;
            add(asked, annotation.answers, annotation.type);
        }
    }

    /** What an entry asks; null, and a problem, if it lacks something. */
    private @Nullable Asked asked(int number, VqaEntry entry) {
        boolean frames = source.form() == VqaSource.Form.FRAMES;
        @Nullable String picture = source.picture(entry);
        @Nullable String id = entry.id();
        if (id == null && picture != null && source.form() == VqaSource.Form.SINGLE) {
            id = picture.substring(picture.lastIndexOf('/') + 1);
        }
        boolean coco = source.form() == VqaSource.Form.COCO;
        boolean answered = coco || entry.answers() != null;
        if (id != null && entry.question() != null && picture != null && answered) {
            return new Asked(id, entry.question(), texts.once(picture));
        }
        List<String> lacking = new ArrayList<>();
        lack(id == null, "question_id", lacking);
        lack(entry.question() == null, "question", lacking);
        lack(picture == null, frames ? "image" : coco ? "image_id" : "image or image_id", lacking);
        lack(!answered, frames ? "answer" : "answers", lacking);
        problems.add(
                VqaProblem.WRONG_ENTRY,
                "entry " + number + " of " + source.questions() + " lacks " + String.join(", ", lacking)
                        + VqaEntries.ANEW);
        return null;
    }

    private static void lack(boolean lacks, String field, List<String> lacking) {
        if (lacks) {
            lacking.add(field);
        }
    }

    private void add(Asked asked, List<String> answers, String type) {
        if (answers.isEmpty()) {
            problems.add(
                    VqaProblem.NO_ANSWERS,
                    "question " + asked.id + " of " + source.questions() + " has an empty list of answers"
                            + VqaEntries.ANEW);
            return;
        }
        if (!seen.add(new Key(asked.id, asked.picture))) {
            problems.add(
                    VqaProblem.REPEATED,
                    "question " + asked.id + " about " + asked.picture + " is in " + source.questions()
                            + " again and counts again");
        }
        items.add(new VqaItem(asked.id, asked.question, answers, source.pictures(), asked.picture, type));
    }
}

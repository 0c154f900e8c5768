package org.spdbook.data.vqa;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A question about a picture.
 *
 * @param id that of the file; of VizWiz, which has none, the name of the picture
 * @param question as it stands in the file
 * @param answers what people said, usually ten, at least one, as they stand in the file
 * @param folder holds the pictures of the set
 * @param picture path below it, with slashes
 * @param answerType yes/no, number, other, unanswerable or another word of the file; empty if it is not known
 */
public record VqaItem(
        String id, String question, List<String> answers, Path folder, String picture, String answerType) {

    /** @throws IllegalArgumentException if there are no answers */
    public VqaItem {
        answers = List.copyOf(answers);
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("question " + id + " needs at least one answer, got none");
        }
    }

    /** The file of the picture, which need not be there. */
    public Path image() {
        return folder.resolve(picture);
    }

    /**
     * The answer to be learnt: the most frequent one, of several the first. The authors' code takes {@code max(set(answers),
     * key=answers.count)}, which of several takes whichever the hashes of Python put first, so that theirs changes with PYTHONHASHSEED.
     */
    public String target() {
        Map<String, Integer> counts = new HashMap<>();
        String target = answers.get(0);
        answers.forEach(answer -> counts.merge(answer, 1, Integer::sum));
        for (String answer : answers) {
            if (counts.getOrDefault(answer, 0) > counts.getOrDefault(target, 0)) {
                target = answer;
            }
        }
        return target;
    }
}

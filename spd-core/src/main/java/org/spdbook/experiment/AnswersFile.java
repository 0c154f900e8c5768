package org.spdbook.experiment;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spdbook.weights.AtomicFile;

/** What a model wrote about the examples of its test sets, one object of {@code set}, {@code example} from 0, and {@code answer} per line. */
final class AnswersFile {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private AnswersFile() {}

    private record Line(String set, int example, String answer) {}

    /**
     * Writes it; no file if there are no answers.
     *
     * @param answers by test set, in the order of its examples
     * @throws IOException if it cannot be written
     */
    static void write(Path file, Map<String, List<String>> answers) throws IOException {
        if (answers.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        answers.forEach((set, own) -> {
            for (int i = 0; i < own.size(); i++) {
                text.append(GSON.toJson(new Line(set, i, own.get(i)))).append('\n');
            }
        });
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}

package org.spdbook.verify;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.eval.VqaAccuracy;
import org.spdbook.weights.JsonFile;

/**
 * Scores of the VQA evaluation: {@code cases.json} with {@code cases} (a list of prediction, answers and accuracy in percent)
 * and {@code overall}. Must be equal.
 */
public final class VqaVerifier implements Verifier {

    private static final String CASES = "cases.json";

    @Override
    public String kind() {
        return "metric (cases.json with overall, and cases of prediction, answers and accuracy)";
    }

    @Override
    public boolean recognises(Path folder) throws IOException {
        Path file = folder.resolve(CASES);
        return Files.exists(file)
                && JsonFile.read(file) instanceof JsonObject object
                && object.has("overall")
                && object.has("cases")
                && object.get("cases").isJsonArray()
                && !object.getAsJsonArray("cases").isEmpty()
                && object.getAsJsonArray("cases").get(0) instanceof JsonObject first
                && first.has("prediction")
                && first.has("answers");
    }

    @Override
    public List<Difference> compare(Path folder) throws IOException {
        Path file = folder.resolve(CASES);
        JsonObject all = JsonFile.object(file);
        List<VqaAccuracy.Question> questions = new ArrayList<>();
        Difference each = Difference.none("accuracy of each question", 0);
        for (JsonElement element : all.getAsJsonArray("cases")) {
            VqaAccuracy.Question question;
            double expected;
            try {
                JsonObject one = element.getAsJsonObject();
                question = new VqaAccuracy.Question(
                        one.get("prediction").getAsString(),
                        one.getAsJsonArray("answers").asList().stream()
                                .map(JsonElement::getAsString)
                                .toList());
                expected = one.get("accuracy").getAsDouble();
            } catch (NullPointerException
                    | ClassCastException
                    | IllegalStateException
                    | UnsupportedOperationException
                    | NumberFormatException e) {
                throw new IOException(
                        file + ": a case needs prediction, answers and accuracy, found " + element + "; correct it", e);
            }
            questions.add(question);
            each = each.and(new double[] {VqaAccuracy.percent(question)}, new double[] {expected});
        }
        Difference overall = Difference.none("overall", 0)
                .and(
                        new double[] {VqaAccuracy.percent(questions)},
                        new double[] {all.get("overall").getAsDouble()});
        return List.of(each, overall);
    }
}

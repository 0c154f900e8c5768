package org.spdbook.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.spdbook.data.TextTokenizer;
import org.spdbook.weights.JsonFile;

/**
 * Texts read by a tokenizer: {@code tokenizer.json} and {@code cases.json} (a list of text, ids with the special ones, and decoded,
 * which is the text of these ids without the special ones). Must be equal. The differences count texts, and in each text that
 * differs the places that do.
 */
public final class TokenizerVerifier implements Verifier {

    private static final String CASES = "cases.json";

    @Override
    public String kind() {
        return "tokenizer (tokenizer.json; cases.json, a list with text, ids and decoded)";
    }

    @Override
    public boolean recognises(Path folder) throws IOException {
        Path cases = folder.resolve(CASES);
        return Files.exists(folder.resolve(TextTokenizer.FILE))
                && Files.exists(cases)
                && JsonFile.read(cases) instanceof JsonArray list
                && !list.isEmpty()
                && list.get(0) instanceof JsonObject first
                && first.has("text")
                && first.has("ids");
    }

    @Override
    public List<Difference> compare(Path folder) throws IOException {
        List<Case> cases = Case.all(folder.resolve(CASES));
        List<Difference> ids = new ArrayList<>();
        List<Difference> decoded = new ArrayList<>();
        try (TextTokenizer tokenizer = TextTokenizer.open(folder)) {
            for (Case one : cases) {
                ids.add(one.ids(tokenizer));
                decoded.add(one.decoded(tokenizer));
            }
        }
        List<Difference> all = new ArrayList<>();
        all.add(right("ids of " + cases.size() + " texts", ids));
        all.add(right("decoded texts of " + cases.size(), decoded));
        ids.stream().filter(difference -> !difference.ok()).forEach(all::add);
        decoded.stream().filter(difference -> !difference.ok()).forEach(all::add);
        return all;
    }

    private static Difference right(String group, List<Difference> texts) {
        return equal(group, (int) texts.stream().filter(Difference::ok).count(), texts.size());
    }

    private static Difference equal(String group, int found, int all) {
        return Difference.none(group, 0).and(new double[] {found}, new double[] {all});
    }

    private record Case(int number, String text, long[] ids, String decoded) {

        static List<Case> all(Path file) throws IOException {
            List<Case> cases = new ArrayList<>();
            for (JsonElement element : JsonFile.read(file).getAsJsonArray()) {
                try {
                    JsonObject json = element.getAsJsonObject();
                    cases.add(new Case(
                            cases.size(),
                            json.get("text").getAsString(),
                            json.getAsJsonArray("ids").asList().stream()
                                    .mapToLong(id -> id.getAsBigDecimal().longValueExact())
                                    .toArray(),
                            json.get("decoded").getAsString()));
                } catch (NullPointerException
                        | ClassCastException
                        | IllegalStateException
                        | UnsupportedOperationException
                        | ArithmeticException
                        | NumberFormatException e) {
                    throw new IOException(
                            file + ": a case needs text, ids and decoded, found " + element + "; correct it", e);
                }
            }
            return cases;
        }

        Difference ids(TextTokenizer tokenizer) {
            long[] ours = tokenizer.encode(text);
            return places("ids of case " + number, ours.length, ids.length, i -> ours[i] == ids[i]);
        }

        /** Of the ids of the reference, so that wrong ids count once. */
        Difference decoded(TextTokenizer tokenizer) {
            String ours = tokenizer.decode(ids);
            return places(
                    "decoded text of case " + number,
                    ours.length(),
                    decoded.length(),
                    i -> ours.charAt(i) == decoded.charAt(i));
        }

        private static Difference places(String group, int ours, int reference, IntPredicate same) {
            long found =
                    IntStream.range(0, Math.min(ours, reference)).filter(same).count();
            return equal(group, (int) found, Math.max(ours, reference));
        }
    }
}

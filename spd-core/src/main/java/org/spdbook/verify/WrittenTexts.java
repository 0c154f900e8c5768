package org.spdbook.verify;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.model.CausalModel;
import org.spdbook.model.generation.GenerationConfig;
import org.spdbook.model.generation.Generator;
import org.spdbook.model.generation.Prompts;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.TensorFile;

/**
 * The texts of {@code generate()} of Hugging Face transformers behind the inputs of a folder, greedy and with four beams, of as many new tokens as {@code
 * max_new_tokens} in {@code note.json} says.
 *
 * @param folder with the note
 * @param io inputs and texts
 */
record WrittenTexts(Path folder, TensorFile io) {

    private static final int BEAMS = 4;
    private static final String GREEDY = "greedy";
    private static final List<String> TEXTS = List.of(GREEDY, "beam" + BEAMS);

    /** Where nothing else is said. */
    private static final int NEW_TOKENS = 8;

    /** Equal token for token, where the reference has texts. padding: id that fills texts that have ended. */
    List<Difference> compare(CausalModel model, int padding) throws IOException {
        List<Difference> differences = new ArrayList<>();
        for (String name : TEXTS) {
            if (io.has(name)) {
                long[][] prompts = table("input_ids");
                long[][] reference = table(name);
                GenerationConfig config = GenerationConfig.greedy(model, newTokens())
                        .withPadding(padding)
                        .withBeams(name.equals(GREEDY) ? 1 : BEAMS);
                long[][] ours = new Generator(model, config).generate(new Prompts(prompts, table("attention_mask")));
                differences.add(Difference.none(name, 0).and(values(ours), values(reference)));
            }
        }
        return differences;
    }

    /** What generate() was allowed: to be seen in the texts only if one of them did not end before. */
    private int newTokens() throws IOException {
        JsonElement own = JsonFile.object(folder.resolve("note.json")).get("max_new_tokens");
        if (own != null) {
            return own.getAsInt();
        }
        int longest = TEXTS.stream()
                .filter(io::has)
                .mapToInt(name -> (int) io.info(name).shape()[1])
                .max()
                .orElse(0);
        return Math.max(NEW_TOKENS, longest - (int) io.info("input_ids").shape()[1]);
    }

    private static double[] values(long[][] texts) {
        return Arrays.stream(texts)
                .flatMapToLong(Arrays::stream)
                .asDoubleStream()
                .toArray();
    }

    private long[][] table(String name) {
        long[] values = io.longs(name);
        int rows = (int) io.info(name).shape()[0];
        long[][] table = new long[rows][values.length / rows];
        for (int i = 0; i < values.length; i++) {
            table[i / table[0].length][i % table[0].length] = values[i];
        }
        return table;
    }
}

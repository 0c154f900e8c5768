package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.model.Llama;
import org.spdbook.model.generation.GenerationConfig;
import org.spdbook.model.generation.Generator;
import org.spdbook.model.generation.Prompts;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.TensorFile;

/**
 * LLaMA as {@code LlamaForCausalLM} of Hugging Face transformers computes it: logits, gradients of the loss over all labelled tokens, and the texts of
 * {@code generate()}, greedy and with four beams, of as many new tokens as {@code max_new_tokens} in {@code note.json} says.
 */
public final class LlamaVerifier extends ModelVerifier {

    private static final int BEAMS = 4;
    private static final String GREEDY = "greedy";
    private static final List<String> TEXTS = List.of(GREEDY, "beam" + BEAMS);

    /** Where nothing else is said. */
    private static final int NEW_TOKENS = 8;

    /** For {@code llama}. */
    public LlamaVerifier() {
        super("llama");
    }

    @Override
    List<Difference> compare(NDManager manager, Path folder, TensorFile io) throws IOException {
        try (Llama llama = Llama.open(manager, folder)) {
            NDArray ids = io.load(manager, "input_ids");
            NDArray attended = io.load(manager, "attention_mask");
            NDArray labels = io.load(manager, "labels");
            List<Difference> differences = new ArrayList<>();
            differences.add(forward("logits", io, () -> llama.logits(ids, attended)));
            differences.addAll(
                    gradients(folder, io, llama.parameters().asMap(), () -> llama.loss(ids, attended, labels)));
            differences.addAll(texts(folder, io, llama));
            return differences;
        }
    }

    /** Equal token for token, where the reference has texts. */
    private static List<Difference> texts(Path folder, TensorFile io, Llama llama) throws IOException {
        List<Difference> differences = new ArrayList<>();
        for (String name : TEXTS) {
            if (io.has(name)) {
                long[][] prompts = table(io, "input_ids");
                long[][] reference = table(io, name);
                GenerationConfig config = GenerationConfig.greedy(llama, newTokens(folder, io))
                        .withPadding(llama.config().padding())
                        .withBeams(name.equals(GREEDY) ? 1 : BEAMS);
                long[][] ours =
                        new Generator(llama, config).generate(new Prompts(prompts, table(io, "attention_mask")));
                differences.add(Difference.none(name, 0).and(values(ours), values(reference)));
            }
        }
        return differences;
    }

    /** What generate() was allowed: to be seen in the texts only if one of them did not end before. */
    private static int newTokens(Path folder, TensorFile io) throws IOException {
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

    private static long[][] table(TensorFile io, String name) {
        long[] values = io.longs(name);
        int rows = (int) io.info(name).shape()[0];
        long[][] table = new long[rows][values.length / rows];
        for (int i = 0; i < values.length; i++) {
            table[i / table[0].length][i % table[0].length] = values[i];
        }
        return table;
    }
}

package org.spdbook.benchmark;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.model.generation.GenerationConfig;
import org.spdbook.model.generation.Generator;
import org.spdbook.model.generation.Prompts;
import org.spdbook.nn.Activation;
import org.spdbook.torch.Torch;

/** Lets a LLaMA with random weights write texts, as many of them and with as many beams as each line read says, and answers with a line of JSON. */
public final class TextSteps {

    private static final int VOCABULARY = 8000;
    private static final double SCALE = .2; // else all tokens are about equally likely, and rounding chooses

    private TextSteps() {}

    /**
     * Saves the model first, as transformers reads it, and then writes until the input ends.
     *
     * @param arguments tokens of a prompt, new tokens, folder to save the model to
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int length = Integer.parseInt(arguments[0]);
        int newTokens = Integer.parseInt(arguments[1]);
        LlamaConfig config = new LlamaConfig(
                VOCABULARY, 256, 688, 6, 8, 8, 32, Activation.SILU, 1e-6, Rotary.of(10_000), false, -1, List.of());
        try (NDManager manager = Torch.newManager();
                Llama llama = new Llama(config, ModelSteps.random(manager, Llama.shapes(config), SCALE))) {
            llama.save(Path.of(arguments[2]));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int[] numbers = Arrays.stream(line.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                var generator = new Generator(
                        llama, GenerationConfig.greedy(llama, newTokens).withBeams(numbers[1]));
                Prompts prompts = prompts(numbers[0], length);
                long began = System.nanoTime();
                double before = ModelSteps.cpuSeconds();
                long[][] texts = generator.generate(prompts);
                double seconds = ModelSteps.cpuSeconds() - before;
                answers.println(new Gson()
                        .toJson(Map.of(
                                "cpu_seconds",
                                seconds,
                                "seconds",
                                (System.nanoTime() - began) / 1e9,
                                "texts",
                                texts,
                                "peak_mib",
                                ModelSteps.peakMib())));
            }
        }
    }

    private static Prompts prompts(int n, int length) {
        long[][] ids = new long[n][length];
        for (int i = 0; i < n * length; i++) {
            ids[i / length][i % length] = (i * 37L + 11) % VOCABULARY;
        }
        return Prompts.of(List.of(ids), 0);
    }
}

package org.spdbook.experiment.commonsense;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.spdbook.data.TextTokenizer;
import org.spdbook.data.commonsense.Commonsense;
import org.spdbook.data.commonsense.CommonsenseItem;
import org.spdbook.data.commonsense.CommonsensePrompt;
import org.spdbook.data.commonsense.CommonsenseSet;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/** A tiny LLaMA of random numbers in a folder of the hub, with a tokenizer that knows the words of some questions. */
final class MadeLlama {

    private static final Path TOKENIZER = Path.of("src/test/resources/fixtures/commonsense/tokenizer.json");
    private static final Pattern WORDS = Pattern.compile("\\s+|\\w+|[^\\w\\s]");

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private MadeLlama() {}

    /** Makes it for the questions of a folder. */
    static void in(Path folder, Path questions) throws IOException {
        JsonObject tokenizer =
                JsonParser.parseString(Files.readString(TOKENIZER)).getAsJsonObject();
        Map<String, Integer> words = words(Commonsense.in(questions));
        tokenizer.getAsJsonObject("model").add("vocab", GSON.toJsonTree(words));
        Files.createDirectories(folder);
        weights(folder, words.size());
        Files.writeString(folder.resolve(TextTokenizer.FILE), GSON.toJson(tokenizer));
    }

    private static Map<String, Integer> words(Commonsense data) {
        Map<String, Integer> words = new LinkedHashMap<>();
        List.of("<unk>", "<s>", "</s>").forEach(word -> words.put(word, words.size()));
        Stream<CommonsenseItem> items = Stream.concat(
                Stream.concat(data.training(0).stream(), data.validation(0).stream()),
                Stream.of(CommonsenseSet.values()).flatMap(set -> data.test(set).stream()));
        items.flatMap(item -> Stream.of(CommonsensePrompt.training(item), CommonsensePrompt.ORIGINAL.test(item)))
                .flatMap(text -> WORDS.matcher(text).results())
                .forEach(found -> words.putIfAbsent(found.group(), words.size()));
        return words;
    }

    private static void weights(Path folder, int vocabulary) throws IOException {
        var config = new LlamaConfig(
                vocabulary, 32, 48, 2, 2, 2, 16, Activation.SILU, 1e-6, Rotary.of(10_000), false, 0, List.of(2));
        try (NDManager manager = Torch.newManager()) {
            var parameters = new Parameters(manager);
            RandomStream random = new Seeds(4).stream("made llama", 0, 0);
            for (Map.Entry<String, Shape> entry : Llama.shapes(config).entrySet()) {
                float[] values = new float[(int) entry.getValue().size()];
                boolean norm = entry.getKey().endsWith("norm.weight");
                for (int i = 0; i < values.length; i++) {
                    values[i] = norm ? 1 : (float) (.3 * random.nextGaussian());
                }
                parameters.add(entry.getKey(), manager.create(values, entry.getValue()));
            }
            try (var llama = new Llama(config, parameters)) {
                llama.save(folder);
            }
        }
    }
}

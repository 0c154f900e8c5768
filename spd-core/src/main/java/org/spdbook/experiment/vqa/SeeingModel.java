package org.spdbook.experiment.vqa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.spdbook.data.PaliGemmaEncoding;
import org.spdbook.data.Pixels;
import org.spdbook.data.TextTokenizer;
import org.spdbook.data.vqa.VqaPicture;
import org.spdbook.experiment.disk.TokenizerFile;
import org.spdbook.model.PaliGemma;
import org.spdbook.model.generation.GenerationConfig;
import org.spdbook.model.generation.Generator;
import org.spdbook.model.generation.Prompts;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;

/**
 * PaliGemma with its tokenizer: the loss of answers to questions about pictures, and what it answers. Its own tensors are frozen, in the type of their
 * file, and mapped from there, but for the head, which is float32; on a GPU they are copied. Owned by {@link OpenVqa}.
 */
final class SeeingModel implements AutoCloseable {

    /** The table of tokens, which is the head too. */
    static final String HEAD = "language_model.model.embed_tokens.weight";

    private final PaliGemma gemma;
    private final TextTokenizer tokenizer;
    private final PaliGemmaEncoding encoding;
    private final VqaSettings settings;

    private SeeingModel(PaliGemma gemma, TextTokenizer tokenizer, VqaSettings settings) {
        this.gemma = gemma;
        this.tokenizer = tokenizer;
        this.encoding = new PaliGemmaEncoding(
                tokenizer::encodePlain,
                gemma.config().imageTokens(),
                gemma.config().imageId());
        this.settings = settings;
    }

    /**
     * Opens model and tokenizer.
     *
     * @param owner of the tensors
     * @throws IOException if a file is missing or broken, or they do not fit each other, in one sentence
     */
    static SeeingModel open(NDManager owner, VqaSettings settings) throws IOException {
        var file = new TokenizerFile(settings.weights());
        TextTokenizer tokenizer = TextTokenizer.open(file.path());
        try {
            PaliGemma gemma = PaliGemma.openFrozen(owner, settings.weights().folder(), HEAD::equals);
            int vocabulary = gemma.config().text().vocabulary();
            if (tokenizer.vocabularySize() > vocabulary) {
                throw new IOException("tokenizer " + file.path() + " has " + tokenizer.vocabularySize()
                        + " tokens, the model in " + settings.weights().folder() + " only " + vocabulary
                        + "; take the tokenizer of the model");
            }
            return new SeeingModel(gemma, tokenizer, settings);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The model's tensors; live. */
    Parameters parameters() {
        return gemma.parameters();
    }

    /** Of the pictures. */
    VqaPicture form() {
        return new VqaPicture(gemma.config().vision().side());
    }

    /**
     * Mean cross-entropy of the tokens of the answers and of their ends, over all questions alike; one element.
     *
     * @param training whether adapters leave values out at random
     */
    NDArray loss(List<Asked> asked, boolean training) {
        PaliGemmaEncoding.Batch rows = encoding.training(
                asked.stream().map(one -> one.item().question()).toList(),
                asked.stream().map(one -> one.item().target()).toList());
        NDManager manager = gemma.parameters().get(HEAD).getManager();
        NDArray pictures = pictures(manager, asked);
        var text = new PaliGemma.Text(
                manager.create(rows.ids()), manager.create(rows.types()), manager.create(rows.mask()));
        NDArray labels = manager.create(rows.labels());
        return training
                ? gemma.trainingLoss(() -> gemma.features(pictures), text, labels)
                : Scope.of(() -> gemma.loss(gemma.features(pictures), text, labels));
    }

    /** What the model answers, in order. */
    List<String> answers(List<Asked> asked) {
        Prompts prompts = Prompts.of(
                asked.stream()
                        .map(one ->
                                encoding.prompt(settings.prompt().put(one.item().question())))
                        .toList(),
                PaliGemmaEncoding.PAD);
        NDManager manager = gemma.parameters().get(HEAD).getManager();
        long[][] texts = Autograd.withoutRecording(() -> Scope.compute(() -> {
            NDArray features = gemma.features(pictures(manager, asked));
            var model = gemma.seeing(features);
            return new Generator(model, GenerationConfig.greedy(model, settings.newTokens())).generate(prompts);
        }));
        return IntStream.range(0, texts.length)
                .mapToObj(i -> Arrays.copyOfRange(texts[i], prompts.ids()[i].length, texts[i].length))
                .map(written -> tokenizer.decode(written).strip())
                .toList();
    }

    private NDArray pictures(NDManager manager, List<Asked> asked) {
        int side = gemma.config().vision().side();
        int size = Pixels.RGB * side * side;
        float[] values = new float[asked.size() * size];
        for (int i = 0; i < asked.size(); i++) {
            System.arraycopy(asked.get(i).picture(), 0, values, i * size, size);
        }
        return manager.create(values, new Shape(asked.size(), Pixels.RGB, side, side));
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

package org.spdbook.experiment.commonsense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.data.LengthBatches;
import org.spdbook.data.TextTokenizer;
import org.spdbook.data.commonsense.CommonsenseEncoding;
import org.spdbook.data.commonsense.CommonsenseItem;
import org.spdbook.experiment.disk.TokenizerFile;
import org.spdbook.model.CausalModel;
import org.spdbook.model.Llama;
import org.spdbook.model.generation.GenerationConfig;
import org.spdbook.model.generation.Generator;
import org.spdbook.model.generation.Prompts;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;

/**
 * LLaMA with its tokenizer: the loss of questions with their answers, and what it writes behind prompts. Its own tensors are frozen, in the
 * type of their file, and mapped from there; on a GPU they are copied. Owned by {@link OpenCommonsense}.
 */
final class AnsweringModel implements AutoCloseable {

    /** Prompts that are written behind at once; each has as many texts as there are beams. */
    static final int AT_ONCE = 16;

    private final Llama llama;
    private final TextTokenizer tokenizer;
    private final CommonsenseEncoding encoding;
    private final Generator generator;

    private AnsweringModel(Llama llama, TextTokenizer tokenizer, QuestionSettings settings) {
        this.llama = llama;
        this.tokenizer = tokenizer;
        this.encoding = new CommonsenseEncoding(tokenizer::encode, settings.trainsOnInputs());
        this.generator = new Generator(
                llama,
                new GenerationConfig(
                        settings.newTokens(),
                        settings.beams(),
                        null,
                        List.of((int) CommonsenseEncoding.EOS),
                        (int) CommonsenseEncoding.PAD,
                        Integer.MAX_VALUE));
    }

    /**
     * Opens model and tokenizer.
     *
     * @param owner of the tensors
     * @throws IOException if a file is missing or broken, or they do not fit each other, in one sentence
     */
    static AnsweringModel open(NDManager owner, QuestionSettings settings) throws IOException {
        var file = new TokenizerFile(settings.weights());
        TextTokenizer tokenizer = TextTokenizer.open(file.path());
        try {
            Llama llama = Llama.openFrozen(owner, settings.weights().folder());
            if (tokenizer.vocabularySize() > llama.vocabulary()) {
                throw new IOException("tokenizer " + file.path() + " has " + tokenizer.vocabularySize()
                        + " tokens, the model in " + settings.weights().folder() + " only " + llama.vocabulary()
                        + "; take the tokenizer of the model");
            }
            return new AnsweringModel(llama, tokenizer, settings);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The model's tensors; live. */
    Parameters parameters() {
        return llama.parameters();
    }

    CausalModel model() {
        return llama;
    }

    long[] encode(String text) {
        return tokenizer.encode(text);
    }

    String decode(long[] ids) {
        return tokenizer.decode(ids);
    }

    /** Whether anything of the answer is left of an item once it is cut off at the most ids. */
    boolean hasAnswer(CommonsenseItem item) {
        return Arrays.stream(encoding.training(List.of(item)).labels()[0])
                .anyMatch(label -> label != CommonsenseEncoding.IGNORED);
    }

    /**
     * Mean cross-entropy of the tokens that are trained on, over all items alike; one element.
     *
     * @param training whether adapters leave values out at random
     */
    NDArray loss(List<CommonsenseItem> items, boolean training) {
        CommonsenseEncoding.Batch rows = encoding.training(items);
        NDManager manager = llama.manager();
        NDArray ids = manager.create(rows.ids());
        NDArray mask = manager.create(rows.mask());
        NDArray labels = manager.create(rows.labels());
        return training ? llama.trainingLoss(ids, mask, labels) : llama.loss(ids, mask, labels);
    }

    /** What the model writes behind prompts, in their order; those of like lengths are read at once. */
    List<String> answers(List<String> prompts) {
        List<long[]> ids = prompts.stream().map(encoding::prompt).toList();
        List<String> answers = new ArrayList<>(prompts);
        for (List<Integer> some : LengthBatches.of(ids, AT_ONCE)) {
            Prompts rows = Prompts.of(some.stream().map(ids::get).toList(), CommonsenseEncoding.PAD);
            long[][] texts = Autograd.withoutRecording(() -> generator.generate(rows));
            for (int i = 0; i < texts.length; i++) {
                long[] written = Arrays.copyOfRange(texts[i], rows.ids()[i].length, texts[i].length);
                answers.set(some.get(i), tokenizer.decode(written).strip());
            }
        }
        return answers;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

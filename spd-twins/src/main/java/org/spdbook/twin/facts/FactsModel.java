package org.spdbook.twin.facts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.spdbook.data.LengthBatches;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * The language model of the world: a LLaMA of two blocks whose head is the table of its words, 447,744 values. It reads texts of different
 * lengths side by side, filled up on the right, where no word looks.
 */
final class FactsModel {

    private static final int WIDTH = 128;
    private static final int HIDDEN = 336;
    private static final int DEPTH = 2;
    private static final int HEADS = 4;
    private static final int AT_ONCE = 64;

    private final Llama llama;
    private final Vocabulary vocabulary;
    private final NDManager manager;

    /** A model on its parameters, which the caller closes; batches belong to the manager. */
    FactsModel(Parameters parameters, Vocabulary vocabulary, NDManager manager) {
        this.llama = new Llama(config(vocabulary), parameters);
        this.vocabulary = vocabulary;
        this.manager = manager;
    }

    /** Sizes. */
    static LlamaConfig config(Vocabulary vocabulary) {
        return new LlamaConfig(
                vocabulary.size(),
                WIDTH,
                HIDDEN,
                DEPTH,
                HEADS,
                HEADS,
                WIDTH / HEADS,
                Activation.SILU,
                1e-6,
                Rotary.of(10_000),
                true,
                -1,
                List.of((int) Vocabulary.END));
    }

    Llama llama() {
        return llama;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Texts of ids, filled up on the right to one length. */
    private NDArray filled(List<long[]> texts) {
        int length = texts.stream().mapToInt(text -> text.length).max().orElse(0);
        long[] ids = new long[texts.size() * length];
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(texts.get(i), 0, ids, i * length, texts.get(i).length);
        }
        return manager.create(ids, new Shape(texts.size(), length));
    }

    /**
     * Scores of the words behind prompts.
     *
     * @return [n, vocabulary]
     */
    NDArray answers(List<long[]> prompts) {
        // outside of the scope: what DJL makes of Java's values goes with its handle, and backward needs both
        NDArray ids = filled(prompts);
        NDArray last = manager.create(
                prompts.stream().mapToLong(prompt -> prompt.length - 1L).toArray());
        return Scope.of(() -> llama.scores(Ops.pickRows(llama.hidden(ids, null), last)));
    }

    /** Mean loss of the words behind prompts, one element. */
    NDArray loss(List<long[]> prompts, long[] expected) {
        return llama.parameters().during(true, () -> Ops.crossEntropy(answers(prompts), manager.create(expected), 0));
    }

    /** The most likely word behind each prompt, of those that come into question for it. */
    long[] choices(List<long[]> prompts, List<long[]> options) {
        long[] chosen = new long[prompts.size()];
        for (List<Integer> some : LengthBatches.of(prompts, AT_ONCE)) {
            float[] scores = Autograd.withoutRecording(() -> Scope.compute(
                    () -> answers(some.stream().map(prompts::get).toList()).toFloatArray()));
            for (int i = 0; i < some.size(); i++) {
                int row = i * vocabulary.size();
                long best = -1;
                for (long option : options.get(some.get(i))) {
                    best = best < 0 || scores[row + (int) option] > scores[row + (int) best] ? option : best;
                }
                chosen[some.get(i)] = best;
            }
        }
        return chosen;
    }

    /** Mean loss of all words of texts but their first, in nats per word. */
    double textLoss(List<long[]> texts) {
        double sum = 0;
        long words = 0;
        for (List<Integer> some : LengthBatches.of(texts, AT_ONCE)) {
            List<long[]> batch = some.stream().map(texts::get).toList();
            long own = batch.stream().mapToLong(text -> text.length - 1L).sum();
            sum += own
                    * Autograd.withoutRecording(() -> Scope.compute(() -> {
                        NDArray ids = filled(batch);
                        NDArray labels = ids.add(ids.eq(Vocabulary.PAD)
                                .toType(ids.getDataType(), false)
                                .mul(-100));
                        return (double) llama.loss(ids, null, labels).getFloat();
                    }));
            words += own;
        }
        return sum / words;
    }
}

package org.spdbook.twin.answers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * The model of the world: a vision tower, a linear layer, and a LLaMA of three blocks that reads the tokens of a picture and of a question at once,
 * each seeing all others but what fills up shorter questions. Its answer is the word that it expects behind the last of them. {@code VLM} in {@code
 * reference/language/vlm2.py}: 815,712 values where the table of its words is the head too.
 */
final class AnswersModel {

    /** What the names of the language model's tensors begin with. */
    static final String LANGUAGE = "lm.";

    /** Name of the table of the words. */
    static final String TABLE = LANGUAGE + "model.embed_tokens.weight";

    /** Name of the head where it is no part of the table. */
    static final String HEAD = LANGUAGE + "lm_head.weight";

    private static final String PROJECTION = "projection";
    private static final int WIDTH = 128;
    private static final int HIDDEN = 344;
    private static final int DEPTH = 3;
    private static final int HEADS = 4;
    private static final float MEAN = .4f;
    private static final float SPREAD = .3f;

    private final Parameters parameters;
    private final VisionTower tower;
    private final Linear projection;
    private final Llama llama;
    private final NDManager manager;

    /**
     * A model on its parameters, named as in {@link #shapes}, which the caller closes; with a head of its own if there is one among them.
     *
     * @param manager of the batches
     */
    AnswersModel(Parameters parameters, NDManager manager) {
        this.parameters = parameters;
        this.tower = new VisionTower(parameters);
        this.projection = Linear.of(parameters, PROJECTION);
        this.llama = new Llama(config(!parameters.asMap().containsKey(HEAD)), parameters, LANGUAGE);
        this.manager = manager;
    }

    /** Sizes of the language model. */
    static LlamaConfig config(boolean tied) {
        return new LlamaConfig(
                Words.list().size(),
                WIDTH,
                HIDDEN,
                DEPTH,
                HEADS,
                HEADS,
                WIDTH / HEADS,
                Activation.SILU,
                1e-6,
                Rotary.of(10_000),
                tied,
                -1,
                List.of());
    }

    /** Names and shapes of all parameters but for a head of its own, in the order of the forward pass. */
    static Map<String, Shape> shapes() {
        Shapes shapes = new Shapes();
        VisionTower.shapes(shapes);
        shapes.linear(PROJECTION, WIDTH, VisionTower.WIDTH);
        Llama.shapes(config(true)).forEach((name, shape) -> shapes.add(LANGUAGE + name, shape.getShape()));
        return shapes.asMap();
    }

    VisionTower tower() {
        return tower;
    }

    Parameters parameters() {
        return parameters;
    }

    NDManager manager() {
        return manager;
    }

    /** Whether the tokens of a picture stay the same, as nothing of tower and projection is trained, adapters in them included. */
    boolean seesAlike() {
        return parameters.trained().keySet().stream()
                .noneMatch(name -> name.startsWith(VisionTower.PREFIX) || name.startsWith(PROJECTION + "."));
    }

    /**
     * Pictures as the tower takes them.
     *
     * @param pictures {@link Drawing#VALUES} values each
     * @return [n, 32, 32, 3], of the manager
     */
    NDArray input(List<float[]> pictures) {
        float[] values = new float[pictures.size() * Drawing.VALUES];
        int next = 0;
        for (float[] picture : pictures) {
            for (float value : picture) {
                values[next++] = (value - MEAN) / SPREAD;
            }
        }
        return manager.create(values, new Shape(pictures.size(), Drawing.SIDE, Drawing.SIDE, 3));
    }

    /**
     * The tokens of pictures for the language model.
     *
     * @param input of {@link #input}
     * @return [n, 16, 128]
     */
    NDArray seen(NDArray input) {
        return Scope.of(() -> projection.forward(tower.forward(input)));
    }

    /**
     * Scores of the words that may be the answers.
     *
     * @param seen tokens of the pictures, [n, 16, 128]
     * @param questions ids of one for each
     * @return [n, 117]
     */
    NDArray answers(NDArray seen, List<long[]> questions) {
        int n = questions.size();
        int length = questions.stream().mapToInt(ids -> ids.length).max().orElse(0);
        int tokens = VisionTower.TOKENS + length;
        long[] ids = new long[n * length];
        boolean[] attended = new boolean[n * tokens];
        long[] last = new long[n];
        for (int i = 0; i < n; i++) {
            long[] question = questions.get(i);
            System.arraycopy(question, 0, ids, i * length, question.length);
            last[i] = VisionTower.TOKENS + question.length - 1L;
            for (int token = 0; token <= last[i]; token++) {
                attended[i * tokens + token] = true;
            }
        }
        // outside of the scope: what DJL makes of Java's values goes with its handle, and backward needs them
        NDArray words = manager.create(ids, new Shape(n, length));
        NDArray mask = manager.create(attended, new Shape(n, 1, 1, tokens));
        NDArray positions = manager.create(LongStream.range(0, tokens).toArray(), new Shape(1, tokens));
        NDArray ends = manager.create(last);
        return Scope.of(() -> {
            NDArray both = Ops.concat(List.of(seen, llama.embedded(words)), 1);
            return llama.scores(Ops.pickRows(llama.hidden(both, positions, mask, null), ends));
        });
    }

    /** Mean loss of answers, by the ids of the right words; one element. */
    NDArray loss(NDArray seen, List<long[]> questions, long[] expected) {
        NDArray labels = manager.create(expected);
        return parameters.during(true, () -> Ops.crossEntropy(answers(seen, questions), labels, 0));
    }
}

package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Linear;
import org.spdbook.nn.ParameterFile;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.PrefixTable;
import org.spdbook.nn.Shapes;
import org.spdbook.torch.AttentionOps;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/**
 * PaliGemma (Beyer et al., <i>PaliGemma: a versatile 3B VLM for transfer</i>, 2024): the tokens that a SigLIP tower makes of an image, and a text, which a
 * Gemma goes on with. Image and question see each other, the answer what is before it. As {@code PaliGemmaForConditionalGeneration} of transformers 5.18, where
 * the tokens of images are not scaled; its tensors are named as on the hub. Owns its parameters. Not thread-safe.
 *
 * <pre>{@code
 * NDArray loss = model.trainingLoss(() -> model.features(images), text, labels);
 * long[][] texts = new Generator(model.seeing(features), config).generate(prompts);
 * }</pre>
 */
public final class PaliGemma implements AutoCloseable {

    /** Where the names of the tensors of files differ: on the hub, written by transformers 5, and in its memory of late and now. */
    public static final List<KeyMap> ORIGINS = origins();

    private static final String TOWER = "vision_tower.vision_model";
    private static final String PROJECTOR = "multi_modal_projector.linear";
    private static final String DECODER = "language_model.";

    private final PaliGemmaConfig config;
    private final Parameters parameters;
    private final SiglipVision tower;
    private final Linear projector;
    private final Llama decoder;

    /**
     * A text behind images.
     *
     * @param ids with the image's id in each place of a token of an image, [n, tokens], int64
     * @param types 0 for image and question, 1 for the answer, [n, tokens], int64
     * @param attended 1 for tokens and 0 for padding, [n, tokens], int64; null if there is no padding
     */
    public record Text(NDArray ids, NDArray types, @Nullable NDArray attended) {}

    /**
     * A model on its parameters.
     *
     * @param parameters named as in {@link #shapes}; the model closes them
     */
    public PaliGemma(PaliGemmaConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        this.tower = new SiglipVision(config.vision(), parameters, TOWER);
        this.projector = Linear.of(parameters, PROJECTOR);
        this.decoder = new Llama(config.text(), parameters, DECODER);
    }

    private static List<KeyMap> origins() {
        String tower = "vision_tower\\.vision_model\\.(.*)";
        KeyMap memory = KeyMap.of("transformers' memory")
                .rule("language_model\\.model\\.(.*)", "model.language_model.$1")
                .rule("language_model\\.lm_head\\.(.*)", "lm_head.$1")
                .rule("(multi_modal_projector\\..*)", "model.$1");
        return List.of(
                KeyMap.hub(),
                KeyMap.of("transformers 5").rule(tower, "vision_tower.$1"),
                memory.rule(tower, "model.vision_tower.$1"),
                memory.rule("(vision_tower\\..*)", "model.$1"));
    }

    /**
     * The model of a folder of the hub: {@code config.json} and its weights, whole or in shards, as float32, all to be trained.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static PaliGemma open(NDManager owner, Path folder) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            return of(owner, PaliGemmaConfig.of(files.config()), files.weights());
        }
    }

    /**
     * As {@link #open}, in the types that the file has and mapped where they can be, frozen: of such a model only adapters are trained. See {@link
     * ParameterFile#readFrozen}.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static PaliGemma openFrozen(NDManager owner, Path folder) throws IOException {
        return openFrozen(owner, folder, name -> false);
    }

    /**
     * As {@link #openFrozen(NDManager, Path)}, but for some tensors that are read as float32 and trained, such as the table of the tokens, which is the head
     * too.
     *
     * @param trained tells their names
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static PaliGemma openFrozen(NDManager owner, Path folder, Predicate<String> trained) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            PaliGemmaConfig config = PaliGemmaConfig.of(files.config());
            TensorFile file = files.weights();
            return new PaliGemma(
                    config, ParameterFile.readFrozen(owner, file, shapes(config), origin(config, file), trained));
        }
    }

    /**
     * The model of a file.
     *
     * @throws IllegalArgumentException if the file is of another model
     */
    public static PaliGemma of(NDManager owner, PaliGemmaConfig config, TensorFile file) {
        return new PaliGemma(config, ParameterFile.read(owner, file, shapes(config), origin(config, file)));
    }

    private static KeyMap origin(PaliGemmaConfig config, TensorFile file) {
        return ParameterFile.origin(file, List.copyOf(shapes(config).keySet()), ORIGINS);
    }

    /** Names and shapes of all parameters, in the order of the forward pass. */
    public static Map<String, Shape> shapes(PaliGemmaConfig config) {
        Shapes shapes = new Shapes();
        SiglipVision.add(shapes, config.vision(), TOWER);
        shapes.linear(PROJECTOR, config.text().width(), config.vision().tower().width());
        Llama.add(shapes, config.text(), DECODER);
        return shapes.asMap();
    }

    /**
     * Images as tokens of the decoder. They stay the same while tower and projector do, and can be kept.
     *
     * @param images [m, channels, side, side], float32, of values from -1 to 1
     * @return [m, image tokens, width]
     */
    public NDArray features(NDArray images) {
        return Scope.of(() -> Ops.full(projector.forward(tower.forward(images))));
    }

    /**
     * What the last block of the decoder makes of images and text, normalised.
     *
     * @param features of as many images as the text has places for, in the order of these
     * @return [n, tokens, width]
     * @throws IllegalArgumentException if there are more or fewer
     */
    public NDArray hidden(NDArray features, Text text) {
        return Scope.of(() -> {
            NDArray ids = text.ids();
            long tokens = ids.getShape().get(1);
            NDArray mask = AttentionOps.prefixMask(text.types(), text.attended());
            return decoder.hidden(embedded(features, ids), positions(ids.getManager(), 0, tokens), mask, null);
        });
    }

    /** Places behind those that are past, from 1, [1, tokens]; padding has places too, as in transformers where a model is trained. */
    static NDArray positions(NDManager manager, long past, long tokens) {
        return manager.arange(past + 1f, past + tokens + 1f, 1)
                .toType(DataType.INT64, false)
                .reshape(1, tokens);
    }

    /** Tokens of images and text as the first block takes them. */
    NDArray embedded(NDArray features, NDArray ids) {
        if (PrefixTable.length(parameters) > 0) {
            throw new IllegalStateException(
                    "PaliGemma's tokens see each other, so that a trained prefix has no place before them; use other adapters, e.g. LoRA");
        }
        NDArray places = Ops.places(ids, config.imageId());
        long given = features.getShape().get(0) * features.getShape().get(1);
        if (places.size() != given) {
            throw new IllegalArgumentException("a text needs as many places for images as they have tokens, got "
                    + places.size() + " with id " + config.imageId() + " and " + given + " tokens of "
                    + features.getShape().get(0) + " images; give each image " + config.imageTokens());
        }
        return Ops.withRows(decoder.embedded(Ops.replaced(ids, config.imageId(), 0)), places, features);
    }

    /**
     * Scores of the tokens behind each token.
     *
     * @param hidden [.., width], of {@link #hidden}
     * @return [.., vocabulary], float32
     */
    public NDArray scores(NDArray hidden) {
        return decoder.scores(hidden);
    }

    /** {@link #scores} of all tokens, [n, tokens, vocabulary]; arguments as in {@link #hidden}. */
    public NDArray logits(NDArray features, Text text) {
        return Scope.of(() -> scores(hidden(features, text)));
    }

    /**
     * Mean cross-entropy of the labelled tokens, each told from those before it; one element. Only in front of these are scores computed.
     *
     * @param features as in {@link #hidden}
     * @param labels as the ids; -100 is left out of the mean
     */
    public NDArray loss(NDArray features, Text text, NDArray labels) {
        return Scope.of(() -> {
            NDList labelled = Ops.beforeLabels(hidden(features, text), labels);
            return Ops.crossEntropy(scores(labelled.get(0)), labelled.get(1), 0);
        });
    }

    /**
     * As {@link #loss}, in training: adapters leave values out at random.
     *
     * @param features are made in training too, or kept ones
     */
    public NDArray trainingLoss(Supplier<NDArray> features, Text text, NDArray labels) {
        return parameters.during(true, () -> Scope.of(() -> loss(features.get(), text, labels)));
    }

    /**
     * The model in front of images, to go on with texts: their prompts have places for the images and are prefixes as a whole.
     *
     * @param features as in {@link #hidden}, of the images of all prompts, in order; the caller closes them, when the first token has been asked for
     */
    public CausalModel seeing(NDArray features) {
        return new SeeingGemma(this, features);
    }

    /** The part that writes. */
    Llama decoder() {
        return decoder;
    }

    /**
     * Writes the model, without adapters, to a folder that {@link #open} and transformers' {@code from_pretrained} read.
     *
     * @throws IOException if it cannot be written
     */
    public void save(Path folder) throws IOException {
        ModelFolder.write(folder, config.toJson(), parameters, shapes(config).keySet());
    }

    /** Sizes. */
    public PaliGemmaConfig config() {
        return config;
    }

    /** The parameters; live. */
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void close() {
        parameters.close();
    }
}

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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.GatedMlp;
import org.spdbook.nn.KeyValueCache;
import org.spdbook.nn.Linear;
import org.spdbook.nn.ParameterFile;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.PrefixTable;
import org.spdbook.nn.RmsNorm;
import org.spdbook.nn.RotaryAttention;
import org.spdbook.nn.RotaryBlock;
import org.spdbook.nn.Shapes;
import org.spdbook.torch.AttentionOps;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Recomputation;
import org.spdbook.torch.Scope;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/**
 * LLaMA (Touvron et al., 2023), its successors of the same build, and Gemma. Its tensors are named as in the files of the Hugging Face hub, {@code
 * LlamaForCausalLM}; those of a model that is a part of another have a prefix. Owns its parameters. Not thread-safe.
 */
public final class Llama implements CausalModel, AutoCloseable {

    private static final String TOKENS = "model.embed_tokens.weight";
    private static final String NORM = "model.norm";
    private static final String HEAD = "lm_head";

    private final LlamaConfig config;
    private final Parameters parameters;
    private final String name;
    private final NDArray frequencies;
    private final double tokenScale;
    private final List<RotaryBlock> blocks;
    private final Linear head;

    /**
     * A model on its parameters.
     *
     * @param parameters named as in {@link #shapes}; the model closes them
     */
    public Llama(LlamaConfig config, Parameters parameters) {
        this(config, parameters, "");
    }

    /**
     * A model that is a part of another.
     *
     * @param parameters of both; whoever closes one of them closes them
     * @param name what its tensors' names begin with, such as {@code language_model.}
     */
    public Llama(LlamaConfig config, Parameters parameters, String name) {
        this.config = config;
        this.parameters = parameters;
        this.name = name;
        NDArray tokens = parameters.get(name + TOKENS);
        // once for all steps: what DJL makes of Java's values goes with its handle, and backward needs it afterwards
        this.frequencies = Scope.keep(tokens.getManager().create(config.rotary().frequencies(config.headWidth())));
        this.tokenScale = Ops.rounded(config.tokenScale(), tokens);
        this.blocks = IntStream.range(0, config.depth()).mapToObj(this::block).toList();
        this.head = config.tied() ? new Linear(tokens, null) : Linear.withoutBias(parameters, name + HEAD);
    }

    private RotaryBlock block(int i) {
        String prefix = name + prefix(i);
        return new RotaryBlock(
                norm(prefix + "input_layernorm"),
                RotaryAttention.of(parameters, prefix + "self_attn", config.heads(), config.groups()),
                norm(prefix + "post_attention_layernorm"),
                GatedMlp.of(parameters, prefix + "mlp", config.activation()));
    }

    private RmsNorm norm(String prefix) {
        return RmsNorm.of(parameters, prefix, config.eps(), config.normOffset());
    }

    private static String prefix(int block) {
        return "model.layers." + block + ".";
    }

    /**
     * The model of a folder of the hub: {@code config.json} and its weights, whole or in shards, as float32, all to be trained.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static Llama open(NDManager owner, Path folder) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            LlamaConfig config = LlamaConfig.of(files.config());
            return of(owner, config, files.weights());
        }
    }

    /**
     * As {@link #open}, in the types that the file has and mapped where they can be, frozen: of such a model only adapters are trained. See {@link
     * ParameterFile#readFrozen}.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static Llama openFrozen(NDManager owner, Path folder) throws IOException {
        try (ModelFolder files = ModelFolder.open(folder)) {
            LlamaConfig config = LlamaConfig.of(files.config());
            return new Llama(
                    config,
                    ParameterFile.readFrozen(owner, files.weights(), shapes(config), origin(config, files.weights())));
        }
    }

    /**
     * The model of a file of the hub.
     *
     * @throws IllegalArgumentException if the file is of another model
     */
    public static Llama of(NDManager owner, LlamaConfig config, TensorFile file) {
        return new Llama(config, ParameterFile.read(owner, file, shapes(config), origin(config, file)));
    }

    private static KeyMap origin(LlamaConfig config, TensorFile file) {
        return ParameterFile.origin(file, List.copyOf(shapes(config).keySet()), List.of(KeyMap.hub()));
    }

    /** Names and shapes of all parameters, in the order of the forward pass. */
    public static Map<String, Shape> shapes(LlamaConfig config) {
        Shapes shapes = new Shapes();
        add(shapes, config, "");
        return shapes.asMap();
    }

    /** Adds the tensors of a model that is a part of another, whose names begin with a given one. */
    static void add(Shapes shapes, LlamaConfig c, String name) {
        shapes.add(name + TOKENS, c.vocabulary(), c.width());
        for (int i = 0; i < c.depth(); i++) {
            String prefix = name + prefix(i);
            shapes.add(prefix + "input_layernorm.weight", c.width())
                    .add(prefix + "self_attn.q_proj.weight", (long) c.heads() * c.headWidth(), c.width())
                    .add(prefix + "self_attn.k_proj.weight", (long) c.groups() * c.headWidth(), c.width())
                    .add(prefix + "self_attn.v_proj.weight", (long) c.groups() * c.headWidth(), c.width())
                    .add(prefix + "self_attn.o_proj.weight", c.width(), (long) c.heads() * c.headWidth())
                    .add(prefix + "post_attention_layernorm.weight", c.width())
                    .add(prefix + "mlp.gate_proj.weight", c.hidden(), c.width())
                    .add(prefix + "mlp.up_proj.weight", c.hidden(), c.width())
                    .add(prefix + "mlp.down_proj.weight", c.width(), c.hidden());
        }
        shapes.add(name + NORM + ".weight", c.width());
        if (!c.tied()) {
            shapes.add(name + HEAD + ".weight", c.vocabulary(), c.width());
        }
    }

    /**
     * What the last block makes of tokens, normalised.
     *
     * @param ids [n, tokens], int64
     * @param attended 1 for tokens and 0 for padding, [n, tokens], int64; null if there is no padding
     * @return [n, tokens, width]
     */
    public NDArray hidden(NDArray ids, @Nullable NDArray attended) {
        return Scope.of(() -> hidden(ids, attended, null));
    }

    private NDArray hidden(NDArray ids, @Nullable NDArray attended, @Nullable KeyValueCache cache) {
        long prefix = PrefixTable.length(parameters);
        long tokens = ids.getShape().get(1);
        long past = cache == null || cache.length() == 0 ? prefix : cache.length();
        NDManager manager = ids.getManager();
        NDArray positions;
        if (attended == null || cache == null) {
            positions = manager.arange((float) past, (float) (past + tokens), 1)
                    .toType(DataType.INT64, false)
                    .reshape(1, tokens);
        } else { // filling takes no place, so that a prefix is as near as without it
            long all = attended.getShape().get(1);
            positions = attended.cumSum(1).get(":, {}:", all - tokens).add(prefix - 1);
        }
        return hidden(embedded(ids), positions, mask(ids, attended, prefix, past), cache);
    }

    /**
     * The tokens of ids as the first block takes them.
     *
     * @param ids [n, tokens], int64
     * @return [n, tokens, width]
     */
    public NDArray embedded(NDArray ids) {
        NDArray tokens = Ops.embedding(ids, parameters.get(name + TOKENS), config.padding());
        return tokenScale == 1 ? tokens : Ops.scaled(tokens, tokenScale);
    }

    /**
     * What the last block makes of tokens that need not be in its table, such as parts of a picture, normalised.
     *
     * @param embedded [n, tokens, width]
     * @param positions [n or 1, tokens], int64
     * @param seen which tokens see which: true where the one of the row looks at the one of the column, [n or 1, 1, tokens, all] with those in the
     *     cache; null: each sees itself and those before
     * @param cache of earlier tokens, to which these are added; null for none
     * @return [n, tokens, width]
     */
    public NDArray hidden(NDArray embedded, NDArray positions, @Nullable NDArray seen, @Nullable KeyValueCache cache) {
        var context = new RotaryAttention.Context(AttentionOps.rotation(positions, frequencies), seen, cache);
        NDList shared = new NDList(context.rotation());
        if (seen != null) {
            shared.add(seen);
        }
        NDArray x = embedded;
        for (int i = 0; i < blocks.size(); i++) {
            RotaryBlock block = blocks.get(i);
            int layer = i;
            x = Recomputation.block(
                    x, shared, input -> Scope.of(() -> block.forward(input, context, layer, keysAndValues(layer))));
        }
        return norm(name + NORM).forward(x);
    }

    /** Trained keys and values of a layer; in the block, so that they are recorded when it is computed again. */
    private NDList keysAndValues(int layer) {
        return PrefixTable.in(parameters, layer, config.depth(), config.groups());
    }

    /** Which tokens see which; null where each sees itself and all before, which needs no mask. */
    private static @Nullable NDArray mask(NDArray ids, @Nullable NDArray attended, long prefix, long past) {
        long tokens = ids.getShape().get(1);
        if (attended == null && (past == 0 || tokens == 1)) {
            return null;
        }
        NDManager manager = ids.getManager();
        long n = ids.getShape().get(0);
        NDArray given =
                attended == null ? manager.ones(new Shape(n, past - prefix + tokens), DataType.INT64) : attended;
        NDArray all =
                prefix == 0 ? given : Ops.concat(List.of(manager.ones(new Shape(n, prefix), DataType.INT64), given), 1);
        return AttentionOps.causalMask(all, tokens);
    }

    /**
     * Scores of the tokens behind each token.
     *
     * @param hidden [.., width], of {@link #hidden}
     * @return [.., vocabulary], float32
     */
    public NDArray scores(NDArray hidden) {
        return Scope.of(() -> Ops.full(head.forward(hidden)));
    }

    /** {@link #scores} of all tokens; arguments as in {@link #hidden}. */
    public NDArray logits(NDArray ids, @Nullable NDArray attended) {
        return Scope.of(() -> scores(hidden(ids, attended)));
    }

    /**
     * Mean cross-entropy of the tokens, each told from those before it; one element.
     *
     * @param labels as the ids; -100 is left out of the mean
     */
    public NDArray loss(NDArray ids, @Nullable NDArray attended, NDArray labels) {
        return Scope.of(() -> Ops.nextTokenCrossEntropy(logits(ids, attended), labels));
    }

    /** As {@link #loss}, in training: adapters leave values out at random. */
    public NDArray trainingLoss(NDArray ids, @Nullable NDArray attended, NDArray labels) {
        return parameters.during(true, () -> loss(ids, attended, labels));
    }

    @Override
    public NDArray next(NDArray ids, @Nullable NDArray attended, KeyValueCache cache) {
        return Autograd.withoutRecording(() -> Scope.of(() -> {
            NDArray all = hidden(ids, attended, cache);
            return scores(all.getShape().get(1) == 1 ? all.squeeze(1) : all.get(":, -1"));
        }));
    }

    @Override
    public int vocabulary() {
        return config.vocabulary();
    }

    @Override
    public List<Integer> ends() {
        return config.ends();
    }

    @Override
    public NDManager manager() {
        return frequencies.getManager();
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
    public LlamaConfig config() {
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

package org.spdbook.peft.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.Target;
import org.spdbook.peft.LoraConfig;
import org.spdbook.torch.Autograd;

/**
 * LoRA on a block of DJL, whoever wrote it. Beside the weight W [out, in] of each chosen {@link ai.djl.nn.core.Linear} stand two trained factors, and the
 * block computes with {@code W + (alpha / rank) B A} in its place. The block's code stays as it is, and so do its values:
 *
 * <pre>{@code
 * LoraModel.linears(block).forEach(System.out::println);   // 01Linear, 03SequentialBlock.01Linear, ...
 * try (var lora = LoraModel.attach(block, new LoraConfig(8, 16, 0, Pattern.compile(".*Linear")), 1);
 *         var optimizer = new BoundOptimizer(rule, new TorchStep(), lora.targets())) {
 *     for (int step = 0; step < steps; step++) {
 *         double loss = lora.backward(new NDList(x), new NDList(y), Loss.softmaxCrossEntropyLoss());
 *         optimizer.step(1e-3, tensor -> 0);
 *     }
 *     lora.save(Path.of("mine.safetensors"));
 * }
 * }</pre>
 *
 * <p>Give Adam-SPD and L2-SP the anchor {@link org.spdbook.optim.Anchor#ZERO}: factors at zero are the block as it was.
 *
 * <p>While attached, no parameter of the block collects gradients; {@link #close} puts all back as it was. In training, batch
 * normalisations go by the batch and leave the block's running mean and variance alone. Blocks must ask their {@code ParameterStore} for
 * weights, as all of DJL's own do; a weight that several of them share is adapted in all. One LoRA at a time on a block, one device, not
 * thread-safe.
 *
 * <p>Source: Hu et al., <i>LoRA: low-rank adaptation of large language models</i>, ICLR 2022. Ours: no dropout, since the weight is replaced
 * and not a path put beside it.
 */
public final class LoraModel implements AutoCloseable {

    private final Block block;
    private final LoraConfig config;
    private final NDManager manager;
    private final Parameters factors;
    private final Map<Parameter, LoraLayer> layers = new LinkedHashMap<>();
    private final LoraBlock adapted;
    private final List<Frozen> frozen;
    private boolean merged;
    private boolean closed;

    private LoraModel(Block block, LoraConfig config, Map<String, Parameter> targets, long seed) {
        this.block = block;
        this.config = config;
        this.manager =
                targets.values().iterator().next().getArray().getManager().newSubManager();
        this.factors = new Parameters(manager);
        try {
            targets.forEach(
                    (name, weight) -> layers.put(weight, new LoraLayer(name, weight, config, factors, manager, seed)));
            this.adapted = new LoraBlock(this, block, layers.values());
            this.frozen = Frozen.of(block);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * The linear layers of an initialised block, in the order of its children: what a configuration can choose from.
     *
     * @throws IllegalStateException if the block has no values yet
     */
    public static List<LinearLayer> linears(Block block) {
        return Linears.list(block);
    }

    /**
     * Puts factors beside those linear layers of a block whose whole names {@code config.targets()} fits; B is zero, so the block begins as it was. Close
     * what is returned before the block's manager.
     *
     * @param block initialised, or with its parameters loaded; float32 or float64
     * @param config with dropout 0
     * @param seed of A; each layer draws by its name
     * @throws IllegalArgumentException if no layer matches, with the names there are; for dropout; for a TorchScript model, whose weights are inside its
     *     script
     * @throws IllegalStateException if the block has no values yet
     */
    public static LoraModel attach(Block block, LoraConfig config, long seed) {
        if (config.dropout() != 0) {
            throw new IllegalArgumentException(
                    "lora dropout must be 0 on a block of DJL, got " + config.dropout()
                            + ": W + (alpha / rank) B A takes the weight's place, and no input of A is seen that could be dropped");
        }
        if (!config.own().isEmpty()) {
            throw new IllegalArgumentException("lora on a block of DJL has one rank and one alpha, got others for "
                    + config.own().keySet() + "; leave them out");
        }
        return new LoraModel(block, config, Linears.targets(block, config), seed);
    }

    /** Rank, strength and choice of layers. */
    public LoraConfig config() {
        return config;
    }

    /** The factors, {@code NAME.lora_A.weight} [rank, in] and {@code NAME.lora_B.weight} [out, rank]: leaves that collect gradients, owned by this. */
    public Parameters parameters() {
        return factors;
    }

    /** The factors for an optimizer, all at its common rate, and pulled to zero, where the block is as it was. */
    public List<Target> targets() {
        return Target.allFromZero(factors.asMap());
    }

    /**
     * What the adapted block makes of inputs, for a loop of one's own; recorded if the thread records. Results and what is computed on the way belong to
     * the inputs' manager and to the current scope.
     *
     * @param training whether dropout and batch normalisation of the block work as in training
     * @throws IllegalStateException if closed, or merged and training
     */
    public NDList forward(NDList inputs, boolean training) {
        return block.forward(store(inputs.head().getManager()), inputs, training);
    }

    /**
     * A store for {@code block.forward(store, inputs, training)}: it hands out adapted weights.
     *
     * @param owner of the adapted weights: one that is closed after each batch, or they pile up
     */
    public ParameterStore store(NDManager owner) {
        return new LoraStore(this, owner, null);
    }

    /**
     * The adapted block as a block of DJL whose parameters are the factors, for {@code Model.setBlock} and DJL's own {@code Trainer} on one device.
     * Close the Trainer before this.
     */
    public Block block() {
        return adapted;
    }

    /**
     * One training pass: value of a loss, with its gradients added to the factors'. All that is computed on the way is freed.
     *
     * @param loss gives one element
     * @return the value of the loss
     * @throws IllegalStateException if closed or merged
     */
    public double backward(NDList data, NDList labels, Loss loss) {
        return Autograd.valueAndBackward(() -> loss.evaluate(labels, forward(data, true)));
    }

    /**
     * Writes {@code W + (alpha / rank) B A} into the block, which then computes as fast as without LoRA, here and everywhere else. Nothing happens if it
     * is merged. Copies of the chosen weights are kept, so that {@link #unmerge} gives them back bit by bit: subtracting would not.
     *
     * @throws IllegalStateException if closed
     */
    public void merge() {
        checkUse(false);
        if (!merged) {
            layers.values().forEach(layer -> layer.merge(manager));
            merged = true;
        }
    }

    /** Takes out what {@link #merge} wrote. Nothing happens if it is not merged. */
    public void unmerge() {
        layers.values().forEach(LoraLayer::unmerge);
        merged = false;
    }

    /**
     * Writes the factors to a safetensors file, in one move, with rank and alpha.
     *
     * @throws IOException if the folder cannot be written
     */
    public void save(Path file) throws IOException {
        checkUse(false);
        LoraFile.write(file, config, factors);
    }

    /**
     * Takes the factors from a file of {@link #save}, all or none.
     *
     * @throws IllegalArgumentException if it is of other layers, or has another rank or alpha
     * @throws IllegalStateException if closed or merged
     * @throws IOException if the file cannot be read
     */
    public void load(Path file) throws IOException {
        checkUse(true);
        LoraFile.read(file, config, factors, manager);
    }

    /** Closes, but leaves {@code W + (alpha / rank) B A} in the block for good. */
    public void closeMerged() {
        merge();
        end();
    }

    /** Gives the block back as it was, bit by bit and with the gradients it collected, and frees the factors. */
    @Override
    public void close() {
        if (!closed) {
            unmerge();
            end();
        }
    }

    private void end() {
        closed = true;
        frozen.forEach(Frozen::thaw);
        factors.close();
        manager.close();
    }

    /** Sees to it that factors are there, and for training that they are not in the weights already. */
    void checkUse(boolean training) {
        if (closed) {
            throw new IllegalStateException("this LoRA model is closed; attach another one to the block");
        }
        if (training && merged) {
            throw new IllegalStateException(
                    "the factors are merged into the weights, so they cannot be trained or loaded; call unmerge() first");
        }
    }

    /** The factors beside a parameter; null if it has none, or has them in its values. */
    @Nullable
    LoraLayer layer(Parameter parameter) {
        return merged ? null : layers.get(parameter);
    }
}

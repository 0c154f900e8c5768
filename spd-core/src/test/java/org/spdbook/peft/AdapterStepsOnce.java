package org.spdbook.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.NativeMemory;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;

/**
 * Two steps of adapters on a LLaMA in float32, in a process of its own: prints what its memory grew by at most, in bytes. Arguments: name of the adapters, whether
 * blocks are recomputed.
 */
final class AdapterStepsOnce {

    static final LlamaConfig CONFIG = new LlamaConfig(
            2000, 384, 1024, 10, 6, 6, 64, Activation.SILU, 1e-5, Rotary.of(10_000), false, -1, List.of(2));
    static final MemoryPlan.Batch BATCH = new MemoryPlan.Batch(8, 192);

    private AdapterStepsOnce() {}

    static AdapterConfig adapters(String name) {
        return switch (name) {
            case "lora" -> new LoraConfig(16, 32, 0, AdapterConfig.targets(TinyLlama.FIVE));
            case "lora-dropout" -> new LoraConfig(16, 32, .05, AdapterConfig.targets(TinyLlama.FIVE));
            case "prefix" -> new PrefixConfig(10);
            case "series" ->
                new BottleneckConfig(
                        BottleneckConfig.Place.SERIES,
                        64,
                        BottleneckConfig.Form.TANH,
                        1,
                        AdapterConfig.targets(List.of("up_proj", "gate_proj")));
            case "parallel" ->
                new BottleneckConfig(
                        BottleneckConfig.Place.PARALLEL,
                        64,
                        BottleneckConfig.Form.TANH,
                        1,
                        AdapterConfig.targets(List.of("up_proj", "down_proj")));
            default -> throw new IllegalArgumentException(name);
        };
    }

    public static void main(String[] args) {
        Torch.setThreads(1);
        try (NDManager manager = Torch.newManager()) {
            step(manager, new Gradients(false, Precision.FLOAT32), "lora", CONFIG.depth() / 10); // the engine's own
            long before = NativeMemory.resident().orElse(0);
            step(manager, new Gradients(Boolean.parseBoolean(args[1]), Precision.FLOAT32), args[0], CONFIG.depth());
            System.out.println(NativeMemory.peak().orElse(0) - before);
        }
    }

    private static void step(NDManager owner, Gradients gradients, String name, int depth) {
        LlamaConfig c = CONFIG;
        var config = new LlamaConfig(
                c.vocabulary(),
                c.width(),
                c.hidden(),
                depth,
                c.heads(),
                c.groups(),
                c.headWidth(),
                c.activation(),
                c.eps(),
                c.rotary(),
                false,
                -1,
                c.ends());
        long tokens = depth == c.depth() ? BATCH.tokens() : 4;
        try (NDManager manager = owner.newSubManager()) {
            Parameters parameters = new Parameters(manager);
            Llama.shapes(config)
                    .forEach((tensor, shape) ->
                            parameters.addFrozen(tensor, manager.randomNormal(0, .02f, shape, DataType.FLOAT32)));
            Llama llama = new Llama(config, parameters);
            Attached attached = adapters(name).attach(parameters, new Random(1));
            NDArray ids = manager.create(
                    new Random(2)
                            .longs(BATCH.sequences() * tokens, 0, config.vocabulary())
                            .toArray(),
                    new Shape(BATCH.sequences(), tokens));
            List<Target> targets = Target.all(attached.tensors());
            var rule = new AdamSpd(AdamMoments.defaults(), 1, Anchor.ZERO, Selection.INSTANT, AdamSpd.Norm.L2);
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
                for (int step = 0; step < 2; step++) {
                    gradients.of(() -> llama.trainingLoss(ids, null, ids));
                    optimizer.step(1e-3, tensor -> 0);
                }
            }
        }
    }
}

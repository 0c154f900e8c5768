package org.spdbook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.spdbook.nn.Activation;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Mlp;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.StackedSelfAttention;
import org.spdbook.nn.TransformerBlock;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.NativeMemory;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;

/**
 * A transformer block trained for a while, in a process of its own: prints {@code step residentBytes arrays} after the steps
 * that are asked for, where arrays are those attached to the managers of weights, gradients and optimiser.
 */
final class LongTraining implements Task {

    private static final int WIDTH = 64;
    private static final int TOKENS = 8;
    private static final int BATCH = 16;
    private static final int EXAMPLES = 64;

    /** Its random selection makes an array in every step, which the step's scope has to free. */
    private static final AdamSpd RULE =
            new AdamSpd(AdamMoments.defaults(), 1, Anchor.PRETRAINED, Selection.parse("random(0.3)"), AdamSpd.Norm.L2);

    private final NDManager manager = Torch.newManager();
    private final Parameters parameters = new Parameters(manager);
    private final Seeds seeds = new Seeds(1);
    private final TransformerBlock block;
    private final Linear head;
    private final boolean leaking;

    private LongTraining(boolean leaking) {
        this.leaking = leaking;
        addNorm("n1");
        addNorm("n2");
        addLinear("qkv", 3 * WIDTH, WIDTH);
        addLinear("proj", WIDTH, WIDTH);
        addLinear("up", 2 * WIDTH, WIDTH);
        addLinear("down", WIDTH, 2 * WIDTH);
        addLinear("head", 10, WIDTH);
        block = new TransformerBlock(
                LayerNorm.of(parameters, "n1"),
                new StackedSelfAttention(Linear.of(parameters, "qkv"), Linear.of(parameters, "proj"), 4)::forward,
                LayerNorm.of(parameters, "n2"),
                new Mlp(Linear.of(parameters, "up"), Activation.GELU_TANH, Linear.of(parameters, "down"))::forward);
        head = Linear.of(parameters, "head");
    }

    private void addNorm(String name) {
        parameters.add(name + ".weight", manager.ones(new Shape(WIDTH)));
        parameters.add(name + ".bias", manager.zeros(new Shape(WIDTH)));
    }

    private void addLinear(String name, int out, int in) {
        parameters.add(name + ".weight", manager.create(normal(name, out * in, 0.1), new Shape(out, in)));
        parameters.add(name + ".bias", manager.zeros(new Shape(out)));
    }

    private float[] normal(String purpose, int count, double deviation) {
        RandomStream random = seeds.stream(purpose, 0, 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    @Override
    public List<Target> targets() {
        return Target.all(parameters.asMap());
    }

    @Override
    public int examples() {
        return EXAMPLES;
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        float[] pixels = new float[BATCH * TOKENS * WIDTH];
        long[] labels = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            labels[i] = batch[i] % 10;
            for (int j = 0; j < TOKENS * WIDTH; j++) {
                pixels[i * TOKENS * WIDTH + j] = (float) StrictMath.sin(batch[i] + 0.1 * j);
            }
        }
        NDArray mixed = block.forward(manager.create(pixels, new Shape(BATCH, TOKENS, WIDTH)));
        if (leaking) {
            Scope.keep(mixed);
        }
        return Ops.crossEntropy(head.forward(mixed.mean(new int[] {1})), manager.create(labels), 0);
    }

    /** Arrays attached to every manager that lives as long as the run. */
    private long arrays(BoundOptimizer optimizer) {
        List<NDArray> lasting = new ArrayList<>(parameters.asMap().values());
        lasting.addAll(optimizer.gradients());
        lasting.addAll(optimizer.state().values());
        Set<NDManager> managers = Collections.newSetFromMap(new IdentityHashMap<>());
        managers.add(manager);
        lasting.forEach(array -> managers.add(array.getManager()));
        return managers.stream().mapToLong(m -> m.getManagedArrays().size()).sum();
    }

    /** Arguments: whether a scope is to be left open, then the steps to report at, the last one being the end. */
    public static void main(String[] args) {
        Torch.setThreads(1);
        var training = new LongTraining(Boolean.parseBoolean(args[0]));
        List<Integer> reported =
                java.util.Arrays.stream(args).skip(1).map(Integer::valueOf).toList();
        int steps = reported.get(reported.size() - 1);
        var trainer = new Trainer(steps * BATCH / EXAMPLES, BATCH, 1, new Seeds(1));
        try (var optimizer = new BoundOptimizer(RULE, new TorchStep(), training.targets())) {
            var schedule = new Schedule(Schedule.Kind.COSINE, 1e-3, 10, steps);
            trainer.run(
                    training,
                    optimizer,
                    schedule,
                    0,
                    (step, loss, rate) -> {
                        optimizer.report();
                        optimizer.deviations();
                        if (reported.contains(step)) {
                            System.out.println(
                                    step + " " + NativeMemory.resident().orElse(-1) + " " + training.arrays(optimizer)
                                            + " " + loss);
                        }
                    },
                    new Cancel());
        }
    }
}

package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.TestSet;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.train.Task;

/** A world whose model, a layer and a head, is opened frozen. Notes at each batch which tensors collect gradients. */
final class MadeFrozen implements World {

    static final int STEPS_PER_EPOCH = 4;

    private static final int EXAMPLES = 32;
    private static final int IN = 4;
    private static final int CLASSES = 3;

    /** Names of the tensors that collected gradients, batch by batch. */
    final List<Set<String>> collecting = new ArrayList<>();

    @Override
    public String name() {
        return "frozen";
    }

    @Override
    public String summary() {
        return "made for tests";
    }

    @Override
    public List<String> domains() {
        return List.of("id");
    }

    @Override
    public boolean testsUntrained() {
        return false;
    }

    @Override
    public Recipe recipe() {
        return Recipe.of(2, EXAMPLES / STEPS_PER_EPOCH, 0, Schedule.Kind.CONSTANT, 0);
    }

    @Override
    public String fingerprint() {
        return "made";
    }

    @Override
    public Map<String, String> dataFacts() {
        return Map.of();
    }

    @Override
    public Map<String, String> modelFacts() {
        return Map.of();
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        NDManager manager = Torch.newManager();
        var parameters = new Parameters(manager);
        add(parameters, "body.weight", new Shape(5, IN));
        add(parameters, "body.bias", new Shape(5));
        add(parameters, "head.weight", new Shape(CLASSES, 5));
        add(parameters, "head.bias", new Shape(CLASSES));
        return new Open(manager, parameters);
    }

    private static void add(Parameters parameters, String name, Shape shape) {
        try (NDManager manager = parameters.newManager()) {
            parameters.addFrozen(name, manager.create(floats(name, (int) shape.size()), shape));
        }
    }

    private static float[] floats(String name, int count) {
        RandomStream random = new Seeds(name.length()).stream("made frozen", 0, 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private final class Open extends OpenModel implements Task, TestSet {

        private final Parameters parameters;
        private final Linear body;
        private final Linear head;

        Open(NDManager manager, Parameters parameters) {
            super(manager, new Parts(parameters, Set.of("head.weight", "head.bias"), Set.of()));
            this.parameters = parameters;
            this.body = Linear.of(parameters, "body");
            this.head = Linear.of(parameters, "head");
        }

        @Override
        public Task task() {
            return this;
        }

        @Override
        public List<TestSet> testSets() {
            return List.of(this);
        }

        @Override
        public TestSet validation() {
            return this;
        }

        @Override
        public List<Target> targets() {
            return Target.all(parameters.trained());
        }

        @Override
        public String name() {
            return "id";
        }

        @Override
        public int examples() {
            return EXAMPLES;
        }

        @Override
        public NDArray loss(int[] batch, Seeds seeds, int epoch) {
            Set<String> names = new TreeSet<>();
            weights().forEach((name, array) -> {
                if (array.hasGradient()) {
                    names.add(name);
                }
            });
            collecting.add(names);
            return Ops.crossEntropy(
                    logits(batch),
                    manager()
                            .create(Arrays.stream(batch)
                                    .mapToLong(i -> i % CLASSES)
                                    .toArray()),
                    0);
        }

        private NDArray logits(int[] batch) {
            float[] all = floats("examples", EXAMPLES * IN);
            float[] some = new float[batch.length * IN];
            for (int i = 0; i < batch.length; i++) {
                System.arraycopy(all, batch[i] * IN, some, i * IN, IN);
            }
            return head.forward(body.forward(manager().create(some, new Shape(batch.length, IN)))
                    .tanh());
        }

        @Override
        public Outcomes outcomes() {
            return Autograd.withoutRecording(() -> Scope.compute(() -> {
                int[] all = new int[EXAMPLES];
                Arrays.setAll(all, i -> i);
                return Hits.of(
                        logits(all).argMax(1).toLongArray(),
                        Arrays.stream(all).mapToLong(i -> i % CLASSES).toArray());
            }));
        }
    }
}

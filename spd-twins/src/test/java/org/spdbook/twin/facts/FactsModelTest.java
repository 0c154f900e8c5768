package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.eval.Hits;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.Target;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.UpdateRule;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.peft.Attached;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.weights.Safetensors;

/**
 * Model, adapters and steps beside the Python reference, by {@code fixtures/facts-model}, made by the script beside it: float32 in another
 * order of sums.
 */
class FactsModelTest {

    private static final double FORWARD = 1e-5; // of the largest score
    private static final double BACKWARD = 1e-4; // of the largest gradient of a tensor
    private static final double STEPPED = 1e-5; // after five steps of 3e-3; up to 3e-6 where a gradient is next to zero
    private static final double RATE = 3e-3;
    private static final int KEPT = 64;
    private static final int COLUMNS = 8;

    private final CommonsenseWorld world = new CommonsenseWorld();
    private final FactsItems items = new FactsItems(Encyclopedia.create());
    private final Vocabulary vocabulary = Vocabulary.of(Encyclopedia.create());
    private final NDManager manager = Torch.newManager();
    private final Parameters parameters = new Parameters(manager);
    private final FactsModel model;
    private final Safetensors reference;
    private final List<long[]> prompts;
    private final long[] answers;

    FactsModelTest() throws IOException {
        new ShippedWeights(CommonsenseWorld.class, "").tensors(manager).forEach(parameters::add);
        model = new FactsModel(parameters, vocabulary, manager);
        reference = Safetensors.open(Path.of("src/test/resources/fixtures/facts-model/reference.safetensors"));
        List<Question> training = items.training(0);
        List<Question> batch =
                IntStream.range(0, 16).mapToObj(i -> training.get(6 * i)).toList();
        prompts = batch.stream()
                .map(question -> vocabulary.encodeFromBegin(question.prompt()))
                .toList();
        answers = batch.stream()
                .mapToLong(question -> vocabulary.id(question.answer()))
                .toArray();
    }

    @AfterEach
    void close() throws IOException {
        reference.close();
        parameters.close();
        manager.close();
    }

    @Test
    void should_keep_what_backward_reads_when_memory_is_collected_meanwhile() {
        NDArray table = parameters.get("model.embed_tokens.weight");
        Autograd.valueAndBackward(() -> model.loss(prompts, answers));
        float[] once = Autograd.gradients(List.of(table)).get(0).toFloatArray();

        Autograd.valueAndBackward(() -> {
            NDArray loss = model.loss(prompts, answers);
            for (int round = 0; round < 3; round++) {
                System.gc();
                for (int i = 0; i < 500; i++) { // takes the memory that was given back
                    manager.create(LongStream.range(0, 16).toArray()).close();
                    manager.create(new long[16 * 40]).close();
                }
            }
            return loss;
        });

        float[] twice = Autograd.gradients(List.of(table)).get(0).toFloatArray();
        for (int i = 0; i < once.length; i++) {
            assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-6f));
        }
    }

    private double loss() {
        return Autograd.valueAndBackward(() -> model.loss(prompts, answers));
    }

    private float[] scores() {
        float[] all = Autograd.withoutRecording(
                () -> Scope.compute(() -> model.answers(prompts).toFloatArray()));
        float[] some = new float[all.length / vocabulary.size() * ((vocabulary.size() + COLUMNS - 1) / COLUMNS)];
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            if (i % vocabulary.size() % COLUMNS == 0) {
                some[next++] = all[i];
            }
        }
        return some;
    }

    /** Adapters as the world puts them in, with the first values of the fixture. */
    private Attached attached(String kind) {
        var config =
                world.recipe().with(Map.of("trained", kind)).adapters(world).orElseThrow();
        Attached attached = config.attach(parameters, new Random(1));
        Autograd.withoutRecording(() -> {
            attached.tensors().forEach((name, array) -> array.set(reference.floats("first." + name)));
            return null;
        });
        return attached;
    }

    /** What the fixture keeps of a tensor: some values, and at the end the L2 norm. */
    private static float[] part(float[] values) {
        int apart = Math.max(1, values.length / KEPT);
        int kept = Math.min(KEPT, values.length);
        float[] part = new float[kept + 1];
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        for (int i = 0; i < kept; i++) {
            part[i] = values[i * apart];
        }
        part[kept] = (float) Math.sqrt(squares);
        return part;
    }

    private void assertClose(float[] found, String expected, double relative, double absolute) {
        float[] values = reference.floats(expected);
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).as(expected).isPositive();
        assertThat(found)
                .as(expected)
                .usingComparatorWithPrecision((float) (relative * largest + absolute))
                .containsExactly(values);
    }

    @Test
    void should_read_the_batch_of_the_reference_as_it_does() {
        long[] ids = reference.longs("ids");
        int length = ids.length / prompts.size();

        for (int i = 0; i < prompts.size(); i++) {
            assertThat(Arrays.copyOf(prompts.get(i), length))
                    .isEqualTo(Arrays.copyOfRange(ids, i * length, (i + 1) * length));
        }
        assertClose(scores(), "scores", FORWARD, 0);
        assertThat(loss()).isCloseTo(reference.floats("loss")[0], within(1e-4));
    }

    @Test
    void should_know_and_retain_what_the_reference_does_without_training() {
        List<Question> held = items.held();
        Hits hits = new FactsQuestions("held", model, held).outcomes();
        double[] right = new double[Family.all().size()];
        IntStream.range(0, held.size())
                .filter(hits::isRight)
                .forEach(i -> right[held.get(i).family().ordinal()] += 100.0 / 75);

        float[] expected = reference.floats("held");
        for (Family family : Family.all()) {
            assertThat(right[family.ordinal()]).as(family.word()).isCloseTo(expected[family.ordinal()], within(1e-3));
        }
        assertThat(CommonsenseWorld.retention(model, new Corpus(Encyclopedia.create())))
                .isCloseTo(reference.floats("retention")[0], within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "series", "parallel"})
    void should_have_the_gradients_of_the_reference_when_adapters_are_attached(String kind) {
        Attached attached = attached(kind);

        assertClose(scores(), kind + ".scores", FORWARD, 0);
        loss();
        List<String> names = attached.names();
        List<NDArray> gradients =
                Autograd.gradients(List.copyOf(attached.tensors().values()));

        assertThat(reference.names().stream().filter(name -> name.startsWith(kind + ".gradient.")))
                .hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            assertClose(part(gradients.get(i).toFloatArray()), kind + ".gradient." + names.get(i), BACKWARD, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lora, adam-spd",
        "lora, adamw",
        "series, adam-spd",
        "series, adamw",
        "parallel, adam-spd",
        "parallel, adamw"
    })
    void should_be_where_the_reference_is_when_five_steps_are_taken(String kind, String optimizer) {
        UpdateRule rule = OptimizerService.create(
                optimizer, optimizer.equals("adamw") ? Map.of("weight-decay", "0.01") : Map.of("lambda", "3"));
        Attached attached = attached(kind);
        List<Target> targets = attached.tensors().entrySet().stream()
                .map(entry -> Target.fromZero(entry.getKey(), entry.getValue()))
                .toList();
        float[] losses = reference.floats(kind + "." + optimizer + ".losses");
        List<List<TensorReport>> reports = new ArrayList<>();
        try (var bound = new BoundOptimizer(rule, new TorchStep(), targets)) {
            for (float expected : losses) {
                assertThat(loss()).isCloseTo(expected, within(1e-4));
                bound.step(RATE, tensor -> 0);
                reports.add(bound.report());
            }
        }

        assertThat(losses).hasSize(5);
        attached.tensors()
                .forEach((name, array) ->
                        assertClose(part(array.toFloatArray()), kind + "." + optimizer + ".after." + name, 0, STEPPED));
        if (optimizer.equals("adam-spd")) {
            assertReports(kind, attached.names(), reports);
        }
    }

    private void assertReports(String kind, List<String> names, List<List<TensorReport>> reports) {
        for (int tensor = 0; tensor < names.size(); tensor++) {
            float[] expected = reference.floats(kind + ".report." + names.get(tensor));
            for (int step = 0; step < reports.size(); step++) {
                TensorReport report = reports.get(step).get(tensor);
                float condition = expected[2 * step];
                String what = names.get(tensor) + " at step " + (step + 1);
                assertThat(report.condition()).as(what).isCloseTo(condition, within(1e-4 + 1e-3 * Math.abs(condition)));
                assertThat(report.selected()).as(what).isEqualTo(condition < 0);
                assertThat(report.ratio()).as(what).isCloseTo(expected[2 * step + 1], within(1e-5));
            }
        }
    }
}

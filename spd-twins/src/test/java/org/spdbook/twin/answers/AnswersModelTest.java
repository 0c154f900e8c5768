package org.spdbook.twin.answers;

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
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.Target;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.UpdateRule;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.peft.Attached;
import org.spdbook.peft.LoraConfig;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.weights.Safetensors;

/**
 * Model, adapters and steps beside the Python reference, by {@code fixtures/answers-model}, made by the script beside it: float32 in another
 * order of sums.
 */
class AnswersModelTest {

    private static final double FORWARD = 1e-5; // of the largest score
    private static final double BACKWARD = 1e-4; // of the largest gradient of a tensor
    private static final double STEPPED = 1e-5; // after five steps of 3e-3
    private static final double RATE = 3e-3;
    private static final int KEPT = 64;

    private final NDManager manager = Torch.newManager();
    private final Parameters parameters =
            AnswersCheckpoint.parameters(new ShippedWeights(VqaWorld.class, "").tensors(manager), manager);
    private final AnswersModel model = new AnswersModel(parameters, manager);
    private final List<Item> batch = batch();
    private final List<long[]> questions = batch.stream().map(Item::ids).toList();
    private final long[] answers = batch.stream().mapToLong(Item::answerId).toArray();
    private final Safetensors reference;

    AnswersModelTest() throws IOException {
        reference = Safetensors.open(Path.of("src/test/resources/fixtures/answers-model/reference.safetensors"));
    }

    private static List<Item> batch() {
        List<Item> training = AnswersSet.training(0);
        return IntStream.range(0, 16).mapToObj(i -> training.get(16 * i)).toList();
    }

    @AfterEach
    void close() throws IOException {
        reference.close();
        parameters.close();
        manager.close();
    }

    /** Without noise, as the fixture has them. */
    private NDArray pictures() {
        return model.input(batch.stream()
                .map(item -> {
                    double[] plain = item.drawing().plain();
                    float[] values = new float[plain.length];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) plain[i];
                    }
                    return values;
                })
                .toList());
    }

    private double loss() {
        return Autograd.valueAndBackward(() -> model.loss(model.seen(pictures()), questions, answers));
    }

    private float[] scores() {
        return Autograd.withoutRecording(() -> Scope.compute(
                () -> model.answers(model.seen(pictures()), questions).toFloatArray()));
    }

    /** LoRA as the world puts it in, with the first values of the fixture. */
    private Attached attached() {
        Attached attached = new LoraConfig(8, 16, 0, Pattern.compile(".*\\.(q|k|v|up|down)_proj"))
                .attach(parameters, new Random(1));
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
    void should_have_the_size_of_the_reference_when_its_head_is_its_table() {
        assertThat(parameters.count() - parameters.get(AnswersModel.HEAD).size())
                .isEqualTo(815_712)
                .isEqualTo(AnswersModel.shapes().values().stream()
                        .mapToLong(shape -> shape.size())
                        .sum());
        assertThat(parameters.get(AnswersModel.HEAD).toFloatArray())
                .isEqualTo(parameters.get(AnswersModel.TABLE).toFloatArray());
    }

    @Test
    void should_read_and_see_the_batch_of_the_reference_as_it_does() {
        long[] ids = reference.longs("ids");
        int length = ids.length / questions.size();
        for (int i = 0; i < questions.size(); i++) {
            assertThat(Arrays.copyOf(questions.get(i), length))
                    .isEqualTo(Arrays.copyOfRange(ids, i * length, (i + 1) * length));
        }

        assertClose(
                part(Autograd.withoutRecording(
                        () -> Scope.compute(() -> model.seen(pictures()).toFloatArray()))),
                "seen",
                FORWARD,
                0);
        assertClose(scores(), "scores", FORWARD, 0);
    }

    @Test
    void should_have_the_loss_and_gradients_of_the_reference_when_all_is_trained() {
        assertThat(loss()).isCloseTo(reference.floats("loss")[0], within(1e-4));

        List<String> names = parameters.names();
        List<NDArray> gradients =
                Autograd.gradients(List.copyOf(parameters.asMap().values()));
        assertThat(reference.names().stream().filter(name -> name.startsWith("gradient.")))
                .hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            assertClose(part(gradients.get(i).toFloatArray()), "gradient." + names.get(i), BACKWARD, 0);
        }
    }

    @Test
    void should_have_the_gradients_of_the_reference_when_lora_is_attached() {
        Attached attached = attached();

        assertClose(scores(), "lora.scores", FORWARD, 0);
        loss();
        List<String> names = attached.names();
        List<NDArray> gradients =
                Autograd.gradients(List.copyOf(attached.tensors().values()));

        assertThat(reference.names().stream().filter(name -> name.startsWith("lora.gradient.")))
                .hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            assertClose(part(gradients.get(i).toFloatArray()), "lora.gradient." + names.get(i), BACKWARD, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam-spd", "adamw"})
    void should_be_where_the_reference_is_when_five_steps_are_taken(String optimizer) {
        UpdateRule rule = OptimizerService.create(
                optimizer, optimizer.equals("adamw") ? Map.of("weight-decay", "0.01") : Map.of("lambda", "3"));
        Attached attached = attached();
        float[] losses = reference.floats("lora." + optimizer + ".losses");
        List<List<TensorReport>> reports = new ArrayList<>();
        try (var bound = new BoundOptimizer(rule, new TorchStep(), Target.allFromZero(attached.tensors()))) {
            for (float expected : losses) {
                assertThat(loss()).isCloseTo(expected, within(1e-4));
                bound.step(RATE, tensor -> 0);
                reports.add(bound.report());
            }
        }

        assertThat(losses).hasSize(5);
        attached.tensors()
                .forEach((name, array) ->
                        assertClose(part(array.toFloatArray()), "lora." + optimizer + ".after." + name, 0, STEPPED));
        if (optimizer.equals("adam-spd")) {
            assertReports(attached.names(), reports);
        }
    }

    private void assertReports(List<String> names, List<List<TensorReport>> reports) {
        for (int tensor = 0; tensor < names.size(); tensor++) {
            float[] expected = reference.floats("lora.report." + names.get(tensor));
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

    @Test
    void should_keep_what_backward_reads_when_memory_is_collected_meanwhile() {
        NDArray table = parameters.get(AnswersModel.TABLE);
        loss();
        float[] once = Autograd.gradients(List.of(table)).get(0).toFloatArray();

        Autograd.valueAndBackward(() -> {
            NDArray loss = model.loss(model.seen(pictures()), questions, answers);
            for (int round = 0; round < 3; round++) {
                System.gc();
                for (int i = 0; i < 500; i++) { // takes the memory that was given back
                    manager.create(LongStream.range(0, 16).toArray()).close();
                    manager.create(new long[16 * 12]).close();
                    manager.create(new boolean[16 * 28]).close();
                }
            }
            return loss;
        });

        float[] twice = Autograd.gradients(List.of(table)).get(0).toFloatArray();
        for (int i = 0; i < once.length; i++) {
            assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-6f));
        }
    }
}

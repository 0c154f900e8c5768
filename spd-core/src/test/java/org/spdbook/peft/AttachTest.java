package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.model.ClipVit;
import org.spdbook.model.Swin;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;

/** Adapters are put into models, whole or not at all. */
class AttachTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final String UP = "model.layers.1.mlp.up_proj";

    private static BottleneckConfig bottleneck(
            BottleneckConfig.Place place, BottleneckConfig.Form form, String targets) {
        return new BottleneckConfig(place, 3, form, 1, Pattern.compile(targets));
    }

    /** Frozen tensors have no gradient, and no memory for one. */
    static void assertNoGradients(Parameters parameters) {
        parameters.asMap().forEach((name, array) -> {
            if (parameters.isFrozen(name)) {
                assertThatThrownBy(() -> Autograd.gradients(List.of(array)))
                        .as(name)
                        .hasMessageContaining("has no gradient");
            }
        });
    }

    private static void trains(Parameters parameters, Attached attached, Supplier<NDArray> loss, float[] plain) {
        assertThat(TinyLlama.values(loss)).isNotEqualTo(plain);
        Torch.seed(3);
        double value = Gradients.USUAL.of(() -> parameters.during(true, loss));
        Map<String, float[]> gradients = TinyLlama.gradients(attached.tensors());
        gradients.forEach((name, gradient) -> assertThat(gradient).as(name).isNotEqualTo(new float[gradient.length]));
        assertNoGradients(parameters);
        Torch.seed(3);
        assertThat(new Gradients(true, Precision.FLOAT32).of(() -> parameters.during(true, loss)))
                .isEqualTo(value);
        TinyLlama.gradients(attached.tensors())
                .forEach((name, gradient) -> assertThat(gradient)
                        .as(name)
                        .usingComparatorWithPrecision(1e-6f)
                        .containsExactly(gradients.get(name)));
        attached.detach();
        assertThat(TinyLlama.values(loss)).containsExactly(plain);
        assertThat(parameters.trained()).hasSameSizeAs(parameters.asMap());
    }

    @ParameterizedTest
    @ValueSource(strings = {".*image.*|vision_model.*(q_proj|fc1)", "vision_model.*mlp.fc2|vision_model.*out_proj"})
    void should_train_in_clip_alone(String targets) throws Exception {
        try (NDManager manager = Torch.newManager();
                ClipVit clip = ClipVit.open(manager, FIXTURES.resolve("clip"))) {
            NDArray images = manager.randomNormal(new Shape(2, 3, 32, 32));
            Supplier<NDArray> loss = () ->
                    Scope.of(() -> Ops.full(clip.imageFeatures(images)).square().mean());
            float[] plain = TinyLlama.values(loss);

            for (AdapterConfig config : List.of(
                    new LoraConfig(2, 4, .3, Pattern.compile(targets)),
                    bottleneck(BottleneckConfig.Place.SERIES, BottleneckConfig.Form.RELU, targets),
                    bottleneck(BottleneckConfig.Place.PARALLEL, BottleneckConfig.Form.TANH, targets))) {
                Attached attached = TinyLlama.stirred(config.attach(clip.parameters(), new Random(1)));
                assertThat(attached.count()).isEqualTo(config.count(AdapterConfig.modules(shapes(clip.parameters()))));
                trains(clip.parameters(), attached, loss, plain);
            }
        }
    }

    private static Map<String, Shape> shapes(Parameters parameters) {
        Map<String, Shape> shapes = new java.util.LinkedHashMap<>();
        parameters.asMap().forEach((name, array) -> shapes.put(name, array.getShape()));
        return shapes;
    }

    @ParameterizedTest
    @ValueSource(strings = {".*(query|value|intermediate.dense)", "classifier|.*attention.output.dense"})
    void should_train_in_swin_alone(String targets) throws Exception {
        try (NDManager manager = Torch.newManager();
                Swin swin = Swin.open(manager, FIXTURES.resolve("swin-136"))) {
            NDArray images = manager.randomNormal(new Shape(2, 3, 128, 128));
            Supplier<NDArray> loss =
                    () -> Scope.of(() -> swin.logits(images, false).square().mean());
            float[] plain = TinyLlama.values(loss);

            for (AdapterConfig config : List.of(
                    new LoraConfig(2, 4, .3, Pattern.compile(targets)),
                    bottleneck(BottleneckConfig.Place.SERIES, BottleneckConfig.Form.TANH, targets))) {
                Attached attached = TinyLlama.stirred(config.attach(swin.parameters(), new Random(1)));
                trains(swin.parameters(), attached, loss, plain);
            }
        }
    }

    @Test
    void should_begin_as_the_model_was_when_the_form_is_relu() {
        try (var tiny = new TinyLlama()) {
            float[] plain = tiny.logits();
            bottleneck(BottleneckConfig.Place.SERIES, BottleneckConfig.Form.RELU, ".*mlp|.*proj")
                    .attach(tiny.parameters(), new Random(1));

            assertThat(tiny.logits()).containsExactly(plain);
        }
    }

    @Test
    void should_leave_the_model_as_it_was_when_a_module_in_the_middle_has_an_adapter() {
        try (var tiny = new TinyLlama()) {
            tiny.parameters()
                    .modules()
                    .get(UP)
                    .adapt((x, module) -> module.apply(x).mul(1.5));
            float[] plain = tiny.logits();
            List<String> names = tiny.parameters().names();

            for (AdapterConfig config : List.of(
                    TinyLlama.lora(0),
                    bottleneck(BottleneckConfig.Place.SERIES, BottleneckConfig.Form.TANH, ".*(up|down)_proj"))) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> config.attach(tiny.parameters(), new Random(1)))
                        .withMessage("this module has an adapter already; detach that one, or merge it, first");
                assertThat(tiny.logits()).containsExactly(plain);
                assertThat(tiny.parameters().names()).containsExactlyElementsOf(names);
                assertThat(tiny.parameters().trained().keySet()).containsExactlyElementsOf(names);
            }
            tiny.parameters().modules().get(UP).plain();
            Attached attached = TinyLlama.lora(0).attach(tiny.parameters(), new Random(1));
            assertThat(attached.names()).hasSize(20);
        }
    }

    @Test
    void should_leave_the_model_as_it_was_when_first_values_fail() {
        try (var tiny = new TinyLlama()) {
            List<String> names = tiny.parameters().names();
            int[] left = {1000};
            Random numbers = new Random(1);
            RandomGenerator failing = () -> {
                if (--left[0] < 0) {
                    throw new IllegalStateException("no more numbers");
                }
                return numbers.nextLong();
            };

            assertThatIllegalStateException()
                    .isThrownBy(() -> TinyLlama.lora(0).attach(tiny.parameters(), failing))
                    .withMessage("no more numbers");
            assertThat(tiny.parameters().names()).containsExactlyElementsOf(names);
            assertThat(tiny.parameters().trained().keySet()).containsExactlyElementsOf(names);
        }
    }

    @Test
    void should_say_so_when_adapters_cannot_be() throws Exception {
        try (var tiny = new TinyLlama();
                ClipVit clip = ClipVit.open(tiny.manager(), FIXTURES.resolve("clip"))) {
            var random = new Random(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LoraConfig(4, 8, 0, AdapterConfig.targets(List.of("query")))
                            .attach(tiny.parameters(), random))
                    .withMessageStartingWith("no module is called (?:.*\\.)?(?:query); the model has 15, such as"
                            + " [model.layers.0.self_attn.q_proj, ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PrefixConfig(4).attach(new Parameters(tiny.manager()), random))
                    .withMessage(
                            "a prefix needs a model like LLaMA, whose keys are made by model.layers.N.self_attn.k_proj;"
                                    + " found []; choose lora");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PrefixConfig(4).attach(clip.parameters(), random))
                    .withMessageStartingWith("a prefix needs a model like LLaMA");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LoraConfig(0, 8, 0, Pattern.compile(".*")))
                    .withMessage("LoRA needs a rank of at least 1, an alpha above 0 and a dropout in [0, 1),"
                            + " got 0, 8.0 and 0.0; 8, 16 and 0.05 are usual");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LoraConfig(8, 8, 1, Pattern.compile(".*")))
                    .withMessageContaining("got 8, 8.0 and 1.0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PrefixConfig(0))
                    .withMessageStartingWith("a prefix needs at least one token, got 0");

            TinyLlama.lora(0).attach(tiny.parameters(), random);
            float[] once = tiny.logits();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TinyLlama.lora(0).attach(tiny.parameters(), random))
                    .withMessage("the model has adapter tensors model.layers.0.self_attn.q_proj.lora_A.weight already;"
                            + " detach those adapters first, after a merge if the weights shall keep them");
            assertThat(tiny.logits()).containsExactly(once);
        }
    }
}

package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that torch wrote, by {@code fixtures/torch-zip/make_reference.py}. */
class TorchZipTest {

    private static final String[] LAYERS = {
        "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"
    };

    static Path fixture(String name) {
        try {
            return Path.of(Objects.requireNonNull(TorchZipTest.class.getResource("/fixtures/torch-zip/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_have_the_bytes_of_safetensors_when_tensors_are_views_of_every_type() throws IOException {
        byte[] all = Files.readAllBytes(fixture("views.pt"));
        try (var read = TorchZip.open(fixture("views.pt"));
                var expected = Safetensors.open(fixture("expected.safetensors"))) {
            assertThat(read.names()).hasSize(26).containsExactlyInAnyOrderElementsOf(expected.names());
            assertThat(read.names()).startsWith("base", "again", "transposed", "permuted");
            for (String name : read.names()) {
                assertThat(read.info(name).dtype())
                        .as(name)
                        .isEqualTo(expected.info(name).dtype());
                assertThat(read.info(name).shape())
                        .as(name)
                        .isEqualTo(expected.info(name).shape());
                assertThat(read.info(name).elements())
                        .as(name)
                        .isEqualTo(expected.info(name).elements());
                assertThat(read.bytes(name)).as(name).isEqualTo(expected.bytes(name));
                assertThat(read.buffer(name).isReadOnly()).as(name).isTrue();
                read.part(name)
                        .ifPresent(part -> assertThat(Arrays.copyOfRange(all, (int) part.begin(), (int) part.end()))
                                .as(name)
                                .isEqualTo(expected.bytes(name)));
            }
            assertThat(read.part("tail")).isPresent();
            assertThat(read.part("transposed")).isEmpty();
            assertThat(read.info("again").begin()).isEqualTo(read.info("base").begin());
            assertThat(read.info("tail").begin()).isEqualTo(read.info("base").begin() + 64);
            assertThat(read.buffer("tail").isDirect()).isTrue();
            assertThat(read.floats("every_other")[1]).isEqualTo(5f / 7);
            assertThat(read.doubles("bf16")).isEqualTo(expected.doubles("bf16"));
            assertThat(read.longs("u16")).containsExactly(2, 7, 5, 105, 6, 12);
        }
    }

    @Test
    void should_load_arrays_when_asked_for_one() throws IOException {
        try (NDManager manager = NDManager.newBaseManager();
                var read = TorchZip.open(fixture("views.pt"))) {
            var array = read.load(manager, "i64");
            assertThat(array.getDataType()).isEqualTo(DataType.INT64);
            assertThat(array.getShape()).isEqualTo(new Shape(3, 2));
            assertThat(array.toLongArray()).containsExactly(-3, 2, 0, 100, 1, 7);
            assertThat(read.load(manager, "scalar").getFloat()).isEqualTo(2.5f);
            assertThat(read.load(manager, "empty").getShape()).isEqualTo(new Shape(0, 4));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"protocol3.pt", "protocol4.pt", "protocol5.pt", "swin.pth", "checkpoint2.pt", "checkpoint4.pt"})
    void should_have_the_names_of_the_model_when_saved_alone_or_in_a_checkpoint(String name) throws IOException {
        try (var read = TorchZip.open(fixture(name))) {
            assertLayers(read, 0);
        }
    }

    private static void assertLayers(TensorFile read, float first) {
        assertThat(read.names()).containsExactly(LAYERS);
        assertThat(read.info("0.weight").shape()).containsExactly(2, 3);
        assertThat(read.floats("0.weight"))
                .containsExactly(first, first + 1, first + 2, first + 3, first + 4, first + 5);
        assertThat(read.floats("1.bias")).containsExactly(first, first + 1);
        assertThat(read.floats("1.running_var")).containsExactly(1, 1);
        assertThat(read.longs("1.num_batches_tracked")).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"script.pt", "traced.pt"})
    void should_have_the_names_of_the_state_dictionary_when_saved_as_a_program(String name) throws IOException {
        try (var read = TorchZip.open(fixture(name))) {
            boolean traced = name.startsWith("traced");
            String[] names = Arrays.stream(LAYERS)
                    .map(layer -> traced ? "visual." + layer : layer)
                    .toArray(String[]::new);
            assertThat(read.names()).containsExactlyInAnyOrder(names);
            assertThat(read.info(names[0]).dtype()).isEqualTo(traced ? DType.F16 : DType.F32);
            assertThat(read.floats(names[0])).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(read.longs(names[6])).containsExactly(0);
            assertThat(read.metadata()).isEmpty();
        }
        assertThatThrownBy(() -> TorchZip.open(fixture(name), "visual"))
                .hasMessageContaining("it holds a module of TorchScript, not a dictionary");
    }

    @Test
    void should_tell_numbers_and_texts_when_the_file_has_some_beside_the_weights() throws IOException {
        try (var swin = TorchZip.open(fixture("swin.pth"));
                var checkpoint = TorchZip.open(fixture("checkpoint2.pt"));
                var alone = TorchZip.open(fixture("protocol3.pt"))) {
            assertThat(swin.metadata())
                    .containsOnlyKeys("epoch", "max_accuracy")
                    .containsEntry("epoch", "299");
            assertThat(swin.metadata()).containsEntry("max_accuracy", "81.5");
            assertThat(checkpoint.metadata()).hasSize(1).containsEntry("big", "1180591620717411303424");
            assertThat(alone.metadata()).isEmpty();
        }
    }

    @Test
    void should_take_the_dictionary_asked_for_when_keys_are_given() throws IOException {
        try (var teacher = TorchZip.open(fixture("students.pt"), "teacher");
                var average = TorchZip.open(fixture("checkpoint4.pt"), "state_dict_ema")) {
            assertLayers(teacher, 100);
            assertLayers(average, 100);
        }
        assertThatThrownBy(() -> TorchZip.open(fixture("students.pt"), "pupil"))
                .isInstanceOf(TorchZipException.class)
                .hasMessageContaining("no dictionary at [pupil]; its dictionaries there are [student, teacher]");
        assertThatThrownBy(() -> TorchZip.open(fixture("checkpoint2.pt"), "optimizer"))
                .hasMessageContaining("[optimizer] has no tensors of its own; the dictionaries in it are [state]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "students.pt|meant by [student, teacher]; say which: TorchZip.open(file, \"student\")",
                "tensor.pt|holds a single tensor, not a dictionary of tensors; save one in Python: torch.save({",
                "module.pt|asks for torch.nn.modules.container.Sequential, which is not among the names that tensors need",
                "hostile.pt|asks for posix.system, which is not among the names that tensors need and could run code",
                "quantised.pt|asks for torch._utils._rebuild_qtensor, which is not among the names",
                "legacy.pt|format of torch before 1.6, which is no zip archive; save it again in Python: import torch;"
                        + " torch.save(torch.load(\"legacy.pt\", map_location=\"cpu\", weights_only=True), \"weights.pt\")",
                "expected.safetensors|looks like a safetensors file; give it the suffix .safetensors",
                "make_reference.py|it is no zip archive, which torch.save writes; get the file again"
            })
    void should_say_what_to_do_when_a_file_is_of_another_kind(String nameAndSentence) {
        String[] parts = nameAndSentence.split("\\|");

        assertThatThrownBy(() -> TorchZip.open(fixture(parts[0])))
                .isInstanceOf(TorchZipException.class)
                .hasMessageStartingWith("torch file " + fixture(parts[0]) + " cannot be read: ")
                .hasMessageContaining(parts[1]);
    }

    @Test
    void should_name_the_tensor_when_it_is_not_there() throws IOException {
        try (var read = TorchZip.open(fixture("protocol4.pt"))) {
            assertThat(read.has("2.weight")).isFalse();
            assertThatThrownBy(() -> read.floats("2.weight"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no tensor 2.weight, only 7 others, such as [0.weight");
        }
    }
}

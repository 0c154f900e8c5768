package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.model.Llama;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;
import org.spdbook.weights.DType;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/** Adapters of float32 on a LLaMA whose weights are bfloat16, mapped from a file. */
class FrozenLlamaTest {

    private static final String QUERY = "model.layers.0.self_attn.q_proj.weight";

    @TempDir
    private Path folder;

    @BeforeEach
    void written() throws IOException {
        try (var tiny = new TinyLlama()) {
            Map<String, TensorData> tensors = new LinkedHashMap<>();
            tiny.parameters().asMap().forEach((name, array) -> {
                ByteBuffer bytes = ByteBuffer.allocate(2 * (int) array.size()).order(ByteOrder.LITTLE_ENDIAN);
                for (float value : array.toFloatArray()) {
                    bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
                }
                tensors.put(name, new TensorData(DType.BF16, array.getShape().getShape(), bytes.flip()));
            });
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
            Files.copy(TinyLlama.FOLDER.resolve("config.json"), folder.resolve("config.json"));
        }
    }

    @Test
    void should_train_adapters_alone_when_the_weights_are_mapped() throws IOException {
        byte[] file = Files.readAllBytes(folder.resolve("model.safetensors"));
        try (NDManager manager = Torch.newManager();
                var tiny = new TinyLlama();
                Llama full = Llama.open(manager, folder);
                Llama frozen = Llama.openFrozen(manager, folder)) {
            assertThat(frozen.parameters().get(QUERY).getDataType()).isEqualTo(DataType.BFLOAT16);
            assertThat(frozen.parameters().trained()).isEmpty();
            Lora lora = TinyLlama.stirred(TinyLlama.lora(.3).attach(frozen.parameters(), new Random(1)));
            TinyLlama.stirred(TinyLlama.lora(.3).attach(full.parameters(), new Random(1)));
            assertThat(lora.tensors().values())
                    .allSatisfy(array -> assertThat(array.getDataType()).isEqualTo(DataType.FLOAT32));
            float[] applied = TinyLlama.values(() -> frozen.logits(tiny.ids(), null));
            // inputs of layers are rounded to 8 bits
            assertThat(applied)
                    .usingComparatorWithPrecision(.05f)
                    .containsExactly(TinyLlama.values(() -> full.logits(tiny.ids(), null)));

            Found plain = found(frozen, lora, tiny, false);
            Found recomputed = found(frozen, lora, tiny, true);

            assertThat(recomputed.loss).isEqualTo(plain.loss);
            plain.gradients.forEach((name, gradient) -> {
                assertThat(recomputed.gradients.get(name)).as(name).containsExactly(gradient);
                assertThat(gradient).as(name).isNotEqualTo(new float[gradient.length]);
            });
            AttachTest.assertNoGradients(frozen.parameters());

            float[] weight = frozen.parameters().get(QUERY).toFloatArray();
            lora.merge();
            assertThat(frozen.parameters().get(QUERY).toFloatArray()).isNotEqualTo(weight);
            assertThat(TinyLlama.values(() -> frozen.logits(tiny.ids(), null)))
                    .usingComparatorWithPrecision(.05f)
                    .containsExactly(applied);
            lora.unmerge();
            assertThat(frozen.parameters().get(QUERY).toFloatArray()).containsExactly(weight);
            assertThat(TinyLlama.values(() -> frozen.logits(tiny.ids(), null))).containsExactly(applied);
            lora.detach();
            assertThat(frozen.parameters().trained()).isEmpty();
        }
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors"))).isEqualTo(file);
    }

    private record Found(double loss, Map<String, float[]> gradients) {}

    private static Found found(Llama llama, Lora lora, TinyLlama tiny, boolean recompute) {
        Torch.seed(7);
        double loss =
                new Gradients(recompute, Precision.BF16).of(() -> llama.trainingLoss(tiny.ids(), null, tiny.ids()));
        return new Found(loss, TinyLlama.gradients(lora.tensors()));
    }
}

package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * Adapters that Hugging Face peft writes are read, and those that are written are read by it, on LLaMA and on one with grouped heads and a tied head. Needs {@code
 * SPD_TRANSFORMERS_PYTHON}, a Python that has peft, transformers and torch.
 */
@Tag("slow")
class PeftInteropTest {

    private static final float LIMIT = 1e-4f;

    @TempDir
    private Path folder;

    private NDManager manager;
    private NDArray ids;

    @BeforeEach
    void models() throws Exception {
        if (System.getenv("SPD_TRANSFORMERS_PYTHON") == null) {
            System.err.println("NOT compared with peft: SPD_TRANSFORMERS_PYTHON names no Python");
            throw new TestAbortedException("SPD_TRANSFORMERS_PYTHON names no Python that has peft");
        }
        manager = Torch.newManager();
        try (var tiny = new TinyLlama()) {
            ids = manager.create(tiny.ids().toLongArray(), tiny.ids().getShape());
            tiny.llama().save(folder.resolve("llama"));
            LlamaConfig c = tiny.llama().config();
            var grouped = new LlamaConfig(
                    c.vocabulary(), 48, 80, 2, 4, 2, 16, c.activation(), c.eps(), c.rotary(), true, 0, c.ends());
            Parameters parameters = new Parameters(manager);
            Llama.shapes(grouped)
                    .forEach((name, shape) -> parameters.add(
                            name,
                            name.contains("norm")
                                    ? manager.ones(shape)
                                    : manager.randomNormal(0, .2f, shape, ai.djl.ndarray.types.DataType.FLOAT32)));
            try (Llama llama = new Llama(grouped, parameters)) {
                llama.save(folder.resolve("grouped"));
            }
        }
        SafetensorsWriter.write(folder.resolve("ids.safetensors"), Map.of("input_ids", TensorData.of(ids)), Map.of());
    }

    private void python(String what, List<String> more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getenv("SPD_TRANSFORMERS_PYTHON"),
                "src/test/python/compare_with_peft.py",
                what,
                folder.toString()));
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        said.lines().filter(line -> line.contains("largest difference")).forEach(System.err::println);
    }

    private Llama base(String adapters) throws IOException {
        return Llama.open(manager, folder.resolve(adapters.startsWith("grouped") ? "grouped" : "llama"));
    }

    @Test
    void should_compute_what_peft_computes_when_it_wrote_the_adapters() throws Exception {
        python("write", List.of());

        for (String name : List.of(
                "list",
                "expression",
                "all-linear",
                "rslora",
                "rank-one",
                "wide",
                "layer",
                "excluded",
                "patterns",
                "bfloat16",
                "grouped-list",
                "grouped-all-linear",
                "prefix",
                "grouped-prefix")) {
            try (Llama llama = base(name);
                    Safetensors io = Safetensors.open(folder.resolve(name).resolve("io.safetensors"))) {
                Attached attached = PeftFile.read(folder.resolve(name), llama.parameters());
                float[] logits = TinyLlama.values(() -> llama.logits(ids, null));
                assertThat(logits).as(name).usingComparatorWithPrecision(LIMIT).containsExactly(io.floats("logits"));
                if (attached instanceof Lora lora) {
                    lora.merge();
                    assertThat(TinyLlama.values(() -> llama.logits(ids, null)))
                            .as(name)
                            .usingComparatorWithPrecision(LIMIT)
                            .containsExactly(logits);
                }
            }
        }
        refused("refused-dora", "the adapters use use_dora of peft's LoRA, which is not here");
        refused("refused-bias", "the adapters use bias of peft's LoRA, which is not here");
        refused("refused-saved", "the adapters' file has 1 tensors of no module of this model, such as base_model");
        refused("refused-projection", "the prefix is one with prefix_projection");
    }

    private void refused(String name, String sentence) throws IOException {
        try (Llama llama = base(name)) {
            float[] plain = TinyLlama.values(() -> llama.logits(ids, null));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PeftFile.read(folder.resolve(name), llama.parameters()))
                    .withMessageStartingWith(sentence);
            assertThat(TinyLlama.values(() -> llama.logits(ids, null))).containsExactly(plain);
        }
    }

    @Test
    void should_be_computed_alike_by_peft_when_it_reads_the_adapters() throws Exception {
        Map<String, AdapterConfig> cases = new LinkedHashMap<>();
        cases.put("ours", TinyLlama.lora(.05));
        cases.put(
                "ours-patterns",
                new LoraConfig(
                        3,
                        4.5,
                        0,
                        Pattern.compile(".*(q|up|lm_head)_?(proj)?"),
                        Map.of("model.layers.1.mlp.up_proj", new LoraConfig.Own(5, 1.5))));
        cases.put("grouped-ours", TinyLlama.lora(0));
        cases.put("ours-prefix", new PrefixConfig(4));
        cases.put("grouped-ours-prefix", new PrefixConfig(4));
        for (Map.Entry<String, AdapterConfig> entry : cases.entrySet()) {
            String name = entry.getKey();
            try (Llama llama = base(name)) {
                Attached attached = TinyLlama.stirred(entry.getValue().attach(llama.parameters(), new Random(1)));
                PeftFile.write(folder.resolve(name), entry.getValue(), attached, "");
                float[] logits = TinyLlama.values(() -> llama.logits(ids, null));
                SafetensorsWriter.write(
                        folder.resolve(name).resolve("io.safetensors"),
                        Map.of("logits", TensorData.of(logits, 2, 12, llama.vocabulary())),
                        Map.of());
                attached.detach();
                PeftFile.read(folder.resolve(name), llama.parameters());
                assertThat(TinyLlama.values(() -> llama.logits(ids, null))).containsExactly(logits);
            }
        }

        python("read", List.copyOf(cases.keySet()));
    }
}

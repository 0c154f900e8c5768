package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.peft.BottleneckConfig.Form;
import org.spdbook.peft.BottleneckConfig.Place;

/** Trained values in LLaMA, as LLM-Adapters print them for 7B (paper.md 3.4), without the models. */
class AdapterCountTest {

    private static final AdapterConfig LORA = new LoraConfig(32, 64, .05, AdapterConfig.targets(TinyLlama.FIVE));
    private static final AdapterConfig SERIES = bottleneck(Place.SERIES, "up_proj", "gate_proj");
    private static final AdapterConfig PARALLEL = bottleneck(Place.PARALLEL, "up_proj", "down_proj");
    private static final AdapterConfig PREFIX = new PrefixConfig(10);

    private static AdapterConfig bottleneck(Place place, String... names) {
        return new BottleneckConfig(place, 256, Form.TANH, 1, AdapterConfig.targets(List.of(names)));
    }

    private static long count(LlamaConfig config, AdapterConfig adapters) {
        return adapters.count(AdapterConfig.modules(Llama.shapes(config)));
    }

    @Test
    void should_train_what_llm_adapters_train_in_7b() {
        LlamaConfig config = LlamaConfig.of7B();

        assertThat(count(config, LORA)).isEqualTo(56_098_816);
        assertThat(count(config, SERIES)).isEqualTo(134_217_728);
        assertThat(count(config, PARALLEL)).isEqualTo(247_463_936);
        assertThat(count(config, PREFIX)).isEqualTo(10L * 32 * 2 * 4096);
    }

    /** By hand: LoRA 32 (3 (5120 + 5120) + 2 (5120 + 13824)), series 256 * 2 * 2 * 5120, parallel 256 * 2 (5120 + 13824), of 40 layers. */
    @Test
    void should_train_as_much_in_13b_as_its_widths_say() {
        LlamaConfig config = LlamaConfig.of13B();

        assertThat(count(config, LORA)).isEqualTo(40L * 32 * (3 * 10_240 + 2 * 18_944));
        assertThat(count(config, SERIES)).isEqualTo(40L * 256 * 4 * 5120);
        assertThat(count(config, PARALLEL)).isEqualTo(40L * 256 * 2 * 18_944);
        assertThat(count(config, PREFIX)).isEqualTo(10L * 40 * 2 * 5120);
    }

    @Test
    void should_know_linear_layers_from_tables_of_embeddings() {
        Map<String, Shape> modules = AdapterConfig.modules(Llama.shapes(LlamaConfig.of7B()));

        assertThat(modules).hasSize(32 * 7 + 1).containsKey("lm_head").doesNotContainKey("model.embed_tokens");
        assertThat(AdapterConfig.modules(Map.of(
                        "text_model.embeddings.position_embedding.weight",
                        new Shape(77, 512),
                        "norm.weight",
                        new Shape(8))))
                .isEmpty();
    }

    /** GQA: queries and keys are of different widths. */
    @Test
    void should_count_the_prefix_by_the_heads_of_the_keys() {
        try (var tiny = new TinyLlama()) {
            LlamaConfig c = tiny.llama().config();
            var grouped = new LlamaConfig(
                    c.vocabulary(), 48, 80, 2, 4, 2, 12, c.activation(), c.eps(), c.rotary(), true, 0, c.ends());

            assertThat(count(grouped, new PrefixConfig(3))).isEqualTo(3 * 2 * 2 * 2 * 12);
        }
    }
}

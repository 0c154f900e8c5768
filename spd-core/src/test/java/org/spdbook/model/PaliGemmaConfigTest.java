package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaliGemmaConfigTest {

    /** The file of google/paligemma-3b-pt-224, but for what says nothing of sizes. */
    private static final String HUB = """
            {"bos_token_id": 2, "eos_token_id": 1, "hidden_size": 2048, "image_token_index": 257152, "model_type": "paligemma",
             "pad_token_id": 0, "projection_dim": 2048,
             "text_config": {"hidden_size": 2048, "intermediate_size": 16384, "model_type": "gemma", "num_attention_heads": 8,
               "num_hidden_layers": 18, "num_image_tokens": 256, "num_key_value_heads": 1, "vocab_size": 257216},
             "vision_config": {"hidden_size": 1152, "intermediate_size": 4304, "model_type": "siglip_vision_model",
               "num_attention_heads": 16, "num_hidden_layers": 27, "num_image_tokens": 256, "patch_size": 14,
               "projection_dim": 2048, "projector_hidden_act": "gelu_fast", "vision_use_head": false}}
            """;

    private static PaliGemmaConfig of(String json) {
        return PaliGemmaConfig.of(JsonParser.parseString(json).getAsJsonObject());
    }

    @Test
    void should_be_the_3b_model_when_the_hub_leaves_most_values_out() {
        assertThat(of(HUB)).isEqualTo(PaliGemmaConfig.of3B());
        assertThat(PaliGemmaConfig.of3B().imageTokens()).isEqualTo(256);
        long values = PaliGemma.shapes(PaliGemmaConfig.of3B()).values().stream()
                .mapToLong(shape -> shape.size())
                .sum();
        // keras-hub counts 2,923,335,408 with a vocabulary of 257,152
        assertThat(values).isEqualTo(2_923_335_408L + 64 * 2048);
    }

    @Test
    void should_take_the_defaults_of_transformers_when_parts_are_left_out() {
        PaliGemmaConfig config = of("{}");

        assertThat(config.imageId()).isEqualTo(256_000);
        assertThat(config.vision().tower().hidden()).isEqualTo(4096);
        assertThat(config.text().vocabulary()).isEqualTo(257_152);
        assertThat(config.text().groups()).isEqualTo(1);
        PaliGemmaConfig parts = of("{\"text_config\": {}, \"vision_config\": {}, \"projection_dim\": 3072}");
        assertThat(parts.text().depth()).isEqualTo(28);
        assertThat(parts.text().vocabulary()).isEqualTo(256_000);
        assertThat(parts.vision().tower().width()).isEqualTo(768);
        assertThat(parts.vision().tokens()).isEqualTo(196);
    }

    @Test
    void should_be_the_same_when_it_is_written_and_read() {
        PaliGemmaConfig config = PaliGemmaConfig.of3B();
        JsonObject json = config.toJson();

        assertThat(PaliGemmaConfig.of(json)).isEqualTo(config);
        json.add("eos_token_id", JsonParser.parseString("[1, 107]"));
        assertThat(PaliGemmaConfig.of(json).text().ends()).isEqualTo(List.of(1, 107));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model_type': 'llava'} | the configuration is of a llava",
                "{'projection_dim': 1024} | projects images to width 1024, the decoder has width 2048",
                "{'text_config': {'model_type': 'gemma2'}} | the configuration is of a gemma2",
                "{'text_config': {'model_type': 'llama', 'hidden_size': 2048}} | decoder is a gemma, got a llama",
                "{'vision_config': {'model_type': 'clip_vision_model'}} | image tower of model_type clip_vision_model",
                "{'vision_config': {'image_size': 8}} | at least one patch and one channel, got side 8, patch 16",
            })
    void should_say_what_is_wrong_when_it_is_of_something_else(String json, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(json.replace('\'', '"')))
                .withMessageContaining(sentence);
    }
}

package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTest {

    private static List<String> names(String... tensors) {
        return Layer.of(List.of(tensors)).stream().map(Layer::name).toList();
    }

    @Test
    void should_give_stem_blocks_and_head_when_it_is_the_small_vit() {
        List<Layer> layers = Layer.of(List.of(
                "v.pos",
                "v.stem1.weight",
                "v.emb.bias",
                "v.blocks.0.n1.weight",
                "v.blocks.1.qkv.weight",
                "v.blocks.0.f2.bias",
                "v.norm.weight",
                "v.vproj.weight",
                "head"));

        assertThat(layers)
                .containsExactly(
                        new Layer("stem", List.of(0, 1, 2)),
                        new Layer("block 1", List.of(3, 5)),
                        new Layer("block 2", List.of(4)),
                        new Layer("head", List.of(6, 7, 8)));
    }

    @Test
    void should_order_blocks_by_number_when_names_come_sorted_as_text() {
        assertThat(names(
                        "lm_head.weight",
                        "model.embed_tokens.weight",
                        "model.layers.0.mlp.up_proj.weight",
                        "model.layers.10.mlp.up_proj.weight",
                        "model.layers.2.self_attn.q_proj.lora_A.weight",
                        "model.norm.weight"))
                .containsExactly("stem", "block 1", "block 3", "block 11", "head");
    }

    @Test
    void should_keep_towers_apart_when_a_model_has_two() {
        assertThat(names(
                        "logit_scale",
                        "text_model.embeddings.token_embedding.weight",
                        "text_model.encoder.layers.0.layer_norm1.weight",
                        "text_model.final_layer_norm.weight",
                        "text_projection.weight",
                        "vision_model.embeddings.class_embedding",
                        "vision_model.pre_layrnorm.weight",
                        "vision_model.encoder.layers.0.mlp.fc1.weight",
                        "vision_model.post_layernorm.weight"))
                .containsExactly(
                        "text_model stem",
                        "text_model block 1",
                        "text_model head",
                        "vision_model stem",
                        "vision_model block 1",
                        "vision_model head",
                        "head");
    }

    @Test
    void should_count_blocks_within_stages_when_the_model_has_stages() {
        assertThat(names(
                        "swin.embeddings.patch_embeddings.projection.weight",
                        "swin.encoder.layers.0.blocks.0.attention.self.query.weight",
                        "swin.encoder.layers.0.blocks.1.attention.self.query.weight",
                        "swin.encoder.layers.0.downsample.reduction.weight",
                        "swin.encoder.layers.1.blocks.0.attention.self.query.weight",
                        "swin.layernorm.weight",
                        "decode_head.linear_c.0.proj.weight"))
                .containsExactly("stem", "block 1", "block 1.1", "block 1.2", "block 2.1", "head");
    }

    @Test
    void should_hold_every_tensor_once_when_names_follow_no_rule() {
        List<String> odd = List.of("", ".", "blocks", "blocks.x.y", "layers.99999999999.w", "0", "blocks.1");

        assertThat(Layer.of(odd).stream().flatMap(layer -> layer.tensors().stream()))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(Layer.of(List.of())).isEmpty();
    }
}

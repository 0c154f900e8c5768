package org.spdbook.model;

import java.util.List;
import java.util.regex.Pattern;
import org.spdbook.weights.KeyMap;

/** What the tensors of CLIP are called in the files of those who publish it. */
final class ClipOrigins {

    private ClipOrigins() {}

    /** All, those of the hub first. */
    static List<KeyMap> all() {
        return List.of(KeyMap.hub(), openAi(), timm());
    }

    /** Files of OpenAI: {@code visual.} for the image tower, stacked projections. */
    private static KeyMap openAi() {
        KeyMap map = KeyMap.of("OpenAI")
                .rule(Pattern.quote(ClipVit.TOKENS), "token_embedding.weight")
                .rule(Pattern.quote(ClipVit.TEXT_POSITIONS), "positional_embedding")
                .rule("text_model\\.final_layer_norm\\.(.*)", "ln_final.$1")
                .rule(Pattern.quote(ClipVit.TEXT_PROJECTION), "text_projection", KeyMap.Layout.TRANSPOSED)
                .rule(Pattern.quote(ClipVit.IMAGE_PROJECTION), "visual.proj", KeyMap.Layout.TRANSPOSED)
                .rule(Pattern.quote(ClipVit.CLASS), "visual.class_embedding")
                .rule(Pattern.quote(ClipVit.PATCHES), "visual.conv1.weight")
                .rule(Pattern.quote(ClipVit.IMAGE_POSITIONS), "visual.positional_embedding")
                .rule("vision_model\\.pre_layrnorm\\.(.*)", "visual.ln_pre.$1")
                .rule("vision_model\\.post_layernorm\\.(.*)", "visual.ln_post.$1");
        for (String tower : new String[] {"vision_model", "text_model"}) {
            String block = tower + "\\.encoder\\.layers\\.(\\d+)\\.";
            String target = (tower.startsWith("vision") ? "visual." : "") + "transformer.resblocks.$1.";
            map = map.stacked(block + "self_attn\\.QKV_proj\\.(.*)", ClipVit.QKV, target + "attn.in_proj_$2")
                    .rule(block + "self_attn\\.out_proj\\.(.*)", target + "attn.out_proj.$2")
                    .rule(block + "layer_norm(\\d)\\.(.*)", target + "ln_$2.$3")
                    .rule(block + "mlp\\.fc1\\.(.*)", target + "mlp.c_fc.$2")
                    .rule(block + "mlp\\.fc2\\.(.*)", target + "mlp.c_proj.$2");
        }
        return map;
    }

    /** Files of timm: the image tower alone. */
    private static KeyMap timm() {
        String block = "vision_model\\.encoder\\.layers\\.(\\d+)\\.";
        return KeyMap.of("timm")
                .rule(Pattern.quote(ClipVit.CLASS), "cls_token")
                .rule(Pattern.quote(ClipVit.PATCHES), "patch_embed.proj.weight")
                .rule(Pattern.quote(ClipVit.IMAGE_POSITIONS), "pos_embed")
                .rule(Pattern.quote(ClipVit.IMAGE_PROJECTION), "head.weight")
                .rule("vision_model\\.pre_layrnorm\\.(.*)", "norm_pre.$1")
                .rule("vision_model\\.post_layernorm\\.(.*)", "norm.$1")
                .stacked(block + "self_attn\\.QKV_proj\\.(.*)", ClipVit.QKV, "blocks.$1.attn.qkv.$2")
                .rule(block + "self_attn\\.out_proj\\.(.*)", "blocks.$1.attn.proj.$2")
                .rule(block + "layer_norm(\\d)\\.(.*)", "blocks.$1.norm$2.$3")
                .rule(block + "(mlp\\.fc\\d\\..*)", "blocks.$1.$2");
    }
}

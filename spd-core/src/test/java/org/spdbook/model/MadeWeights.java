package org.spdbook.model;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.train.Seeds;
import org.spdbook.weights.TensorData;

/** Random weights of a model as each publisher would store them; the names are written here as in their repositories. */
final class MadeWeights {

    private final Map<String, TensorData> hub = new LinkedHashMap<>();
    private final Map<String, Shape> shapes;

    /** Random tensors of given shapes. */
    MadeWeights(Map<String, Shape> shapes) {
        this.shapes = shapes;
        shapes.forEach((name, shape) -> {
            double scale = Math.min(.2, 1 / Math.sqrt((double) shape.size()) * 8);
            var random = new Seeds(7).stream("made weights", name.hashCode(), 0);
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * random.nextGaussian());
            }
            hub.put(name, TensorData.of(values, shape.getShape()));
        });
    }

    private float[] values(String name) {
        float[] values = new float[(int) shape(name).size()];
        java.util.Objects.requireNonNull(hub.get(name)).data().asFloatBuffer().get(values);
        return values;
    }

    private Shape shape(String name) {
        return java.util.Objects.requireNonNull(shapes.get(name), name);
    }

    private TensorData stacked(String query, String first, String second, String third) {
        float[] q = values(query);
        float[] all = Arrays.copyOf(q, 3 * q.length);
        System.arraycopy(values(query.replace(first, second)), 0, all, q.length, q.length);
        System.arraycopy(values(query.replace(first, third)), 0, all, 2 * q.length, q.length);
        long[] extents = shape(query).getShape().clone();
        extents[0] *= 3;
        return TensorData.of(all, extents);
    }

    private TensorData transposed(String name) {
        float[] values = values(name);
        int rows = (int) shape(name).get(0);
        int columns = (int) shape(name).get(1);
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i % columns * rows + i / columns] = values[i];
        }
        return TensorData.of(turned, columns, rows);
    }

    /** Under the names of the hub. */
    Map<String, TensorData> hub() {
        return hub;
    }

    /** CLIP under OpenAI's names. */
    Map<String, TensorData> openAi() {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (String name : hub.keySet()) {
            String key = name.replace("text_model.encoder.layers", "transformer.resblocks")
                    .replace("vision_model.encoder.layers", "visual.transformer.resblocks")
                    .replace("layer_norm", "ln_")
                    .replace("mlp.fc1", "mlp.c_fc")
                    .replace("mlp.fc2", "mlp.c_proj")
                    .replace("self_attn.out_proj", "attn.out_proj")
                    .replace("text_model.embeddings.token_embedding.weight", "token_embedding.weight")
                    .replace("text_model.embeddings.position_embedding.weight", "positional_embedding")
                    .replace("text_model.final_ln_", "ln_final")
                    .replace("vision_model.embeddings.class_embedding", "visual.class_embedding")
                    .replace("vision_model.embeddings.patch_embedding", "visual.conv1")
                    .replace("vision_model.embeddings.position_embedding.weight", "visual.positional_embedding")
                    .replace("vision_model.pre_layrnorm", "visual.ln_pre")
                    .replace("vision_model.post_layernorm", "visual.ln_post");
            if (name.contains("q_proj")) {
                tensors.put(
                        key.replace("self_attn.q_proj.", "attn.in_proj_"), stacked(name, "q_proj", "k_proj", "v_proj"));
            } else if (name.equals("visual_projection.weight")) {
                tensors.put("visual.proj", transposed(name));
            } else if (name.equals("text_projection.weight")) {
                tensors.put("text_projection", transposed(name));
            } else if (!name.contains("k_proj") && !name.contains("v_proj")) {
                tensors.put(key, hub.get(name));
            }
        }
        return tensors;
    }

    /** The image tower of CLIP under the names of timm. */
    Map<String, TensorData> timm() {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (String name : hub.keySet()) {
            String key = name.replace("vision_model.encoder.layers", "blocks")
                    .replace("layer_norm", "norm")
                    .replace("self_attn.out_proj", "attn.proj")
                    .replace("vision_model.embeddings.patch_embedding", "patch_embed.proj")
                    .replace("vision_model.pre_layrnorm", "norm_pre")
                    .replace("vision_model.post_layernorm", "norm")
                    .replace("visual_projection", "head");
            if (name.startsWith("text") || name.equals("logit_scale")) {
                continue;
            }
            if (name.endsWith("class_embedding")) {
                tensors.put(
                        "cls_token",
                        TensorData.of(values(name), 1, 1, shape(name).get(0)));
            } else if (name.contains("position_embedding")) {
                tensors.put(
                        "pos_embed",
                        TensorData.of(
                                values(name), 1, shape(name).get(0), shape(name).get(1)));
            } else if (name.contains("q_proj")) {
                tensors.put(key.replace("self_attn.q_proj", "attn.qkv"), stacked(name, "q_proj", "k_proj", "v_proj"));
            } else if (!name.contains("k_proj") && !name.contains("v_proj")) {
                tensors.put(key, hub.get(name));
            }
        }
        return tensors;
    }

    /** Swin under the names of Microsoft and timm. */
    Map<String, TensorData> microsoft() {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (String name : hub.keySet()) {
            String key = name.replace("swin.embeddings.patch_embeddings.projection", "patch_embed.proj")
                    .replace("swin.embeddings.norm", "patch_embed.norm")
                    .replace("swin.encoder.", "")
                    .replace("swin.layernorm", "norm")
                    .replace("classifier", "head")
                    .replace("layernorm_before", "norm1")
                    .replace("layernorm_after", "norm2")
                    .replace("attention.self.relative", "attn.relative")
                    .replace("attention.output.dense", "attn.proj")
                    .replace("intermediate.dense", "mlp.fc1")
                    .replace("output.dense", "mlp.fc2");
            if (name.contains("query")) {
                tensors.put(key.replace("attention.self.query", "attn.qkv"), stacked(name, "query", "key", "value"));
            } else if (!name.contains("self.key") && !name.contains("self.value")) {
                tensors.put(key, hub.get(name));
            }
        }
        return tensors;
    }
}

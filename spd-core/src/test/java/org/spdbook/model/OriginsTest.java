package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.nn.Activation;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.weights.MadeArchive;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/** One model in the files of each publisher gives the same outputs. */
class OriginsTest {

    private static final TowerConfig WIDE = new TowerConfig(128, 2, 2, 96, Activation.QUICK_GELU, 1e-5);
    private static final TowerConfig NARROW = new TowerConfig(64, 2, 1, 80, Activation.QUICK_GELU, 1e-5);
    private static final ClipConfig CLIP =
            new ClipConfig(new ClipConfig.Image(WIDE, 24, 8, 3), new ClipConfig.Text(NARROW, 9, 30, 2), 48);
    private static final SwinConfig SWIN =
            new SwinConfig(32, 4, 3, 8, List.of(2, 2), List.of(2, 4), 4, 2, Activation.GELU, 1e-5, 0, 6);

    @TempDir
    private Path folder;

    private Path write(String name, Map<String, TensorData> tensors) throws Exception {
        Path file = folder.resolve(name);
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    private static float[] of(Function<NDManager, NDArray> result) {
        try (NDManager manager = Torch.newManager()) {
            return Scope.compute(() -> result.apply(manager).toFloatArray());
        }
    }

    private static NDArray images(NDManager manager, int side) {
        return manager.arange(0, 2 * 3 * side * side, 1, DataType.FLOAT32)
                .mul(.37)
                .sin()
                .reshape(2, 3, side, side);
    }

    private static NDArray texts(NDManager manager) {
        return manager.create(new long[] {28, 5, 9, 29, 0, 28, 4, 29, 3, 0}, new Shape(2, 5));
    }

    private float[] clip(Path file, boolean texts) {
        return of(manager -> {
            try (Safetensors weights = Safetensors.open(file);
                    ClipVit clip = ClipVit.of(manager, weights)) {
                NDArray result = texts ? clip.textFeatures(texts(manager)) : clip.imageFeatures(images(manager, 24));
                return result.duplicate();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void should_give_the_same_embeddings_when_clip_comes_from_openai_timm_or_the_hub() throws Exception {
        var made = new MadeWeights(ClipVit.shapes(CLIP));
        Path own = write("hub", made.hub());
        float[] images = clip(own, false);
        float[] texts = clip(own, true);

        assertThat(clip(write("openai", made.openAi()), false)).containsExactly(images);
        assertThat(clip(folder.resolve("openai"), true)).containsExactly(texts);
        assertThat(clip(write("timm", made.timm()), false)).containsExactly(images);
        assertThatThrownBy(() -> clip(folder.resolve("timm"), true))
                .hasMessageContaining("image tower alone; take a file of the hub or of OpenAI");
    }

    @Test
    void should_be_the_same_when_clip_is_saved_and_opened() throws Exception {
        var made = new MadeWeights(ClipVit.shapes(CLIP));
        Path own = write("hub", made.hub());
        float[] again = of(manager -> {
            try (Safetensors weights = Safetensors.open(own);
                    ClipVit clip = ClipVit.of(manager, weights)) {
                clip.save(folder.resolve("saved"));
                ClipVit opened = ClipVit.open(manager, folder.resolve("saved"));
                assertThat(opened.config()).isEqualTo(CLIP);
                return opened.imageFeatures(images(manager, 24)).duplicate();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThat(again).containsExactly(clip(own, false));
    }

    private float[] swin(Path file) {
        return of(manager -> {
            try (Safetensors weights = Safetensors.open(file);
                    Swin swin = Swin.of(manager, SWIN, weights)) {
                return swin.logits(images(manager, 33), false).duplicate();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void should_give_the_same_scores_when_swin_comes_from_microsoft_or_the_hub() throws Exception {
        var made = new MadeWeights(Swin.shapes(SWIN));
        float[] own = swin(write("hub", made.hub()));

        assertThat(own).hasSize(12);
        assertThat(swin(write("microsoft", made.microsoft()))).containsExactly(own);
    }

    @Test
    void should_give_the_same_scores_when_swin_is_the_checkpoint_of_a_folder() throws Exception {
        var made = new MadeWeights(Swin.shapes(SWIN));
        MadeArchive.save(folder.resolve("swin_tiny.pth"), made.microsoft(), "model");
        Files.writeString(folder.resolve(ModelFolder.CONFIG), SWIN.toJson().toString());
        float[] scores = of(manager -> {
            try (Swin swin = Swin.open(manager, folder)) {
                return swin.logits(images(manager, 33), false).duplicate();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThat(scores).containsExactly(swin(write("hub", made.hub())));
    }

    @Test
    void should_name_what_is_missing_when_a_file_holds_no_such_model() throws Exception {
        var made = new MadeWeights(Swin.shapes(SWIN));
        made.hub().remove("swin.layernorm.bias");
        Path file = write("broken", made.hub());

        assertThatThrownBy(() -> swin(file))
                .hasMessageContaining("lacks swin.layernorm.bias (Hugging Face)")
                .hasMessageContaining("(Microsoft, timm)");
    }
}

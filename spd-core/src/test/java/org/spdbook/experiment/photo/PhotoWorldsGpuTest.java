package org.spdbook.experiment.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.data.MadeTree;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.SpecWords;
import org.spdbook.torch.Gpu;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** Training on a GPU goes the way of the CPU. */
@Tag("gpu")
class PhotoWorldsGpuTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void findGpu() {
        Gpu.orSkip();
        System.setProperty("spd.data", folder.resolve("data").toString());
        System.setProperty("spd.weights", folder.resolve("weights").toString());
        System.setProperty("hf.hub.cache", folder.resolve("cache").toString());
    }

    @AfterEach
    void clearPlaces() {
        System.clearProperty("spd.data");
        System.clearProperty("spd.weights");
        System.clearProperty("hf.hub.cache");
    }

    private Run trained(Plan plan) {
        return Experiment.train(
                plan, new RunStore(folder.resolve("runs")), Recording.defaults(), Progress.SILENT, new Cancel());
    }

    private void agree(String... words) throws IOException {
        MadeTree.in(folder.resolve("data/domainnet"));
        MadeModels.clip(folder.resolve("weights/openai/clip-vit-base-patch16"));
        Map<String, String> given = new HashMap<>(
                Map.of("profile", "paper", "batch", "8", "epochs", "1", "on", "real", "optimizer", "adam-spd"));
        for (int i = 0; i < words.length; i += 2) {
            given.put(words[i], words[i + 1]);
        }
        Plan plan = Plan.of(SpecWords.spec("domainnet", given));
        Run cpu = trained(plan);
        Run gpu = trained(plan.on("gpu"));

        assertThat(gpu.key()).isEqualTo(cpu.key());
        Path spec =
                new RunStore(folder.resolve("runs")).find(gpu.name()).model().resolveSibling("spec.json");
        assertThat(Files.readString(spec)).contains("\"device\": \"gpu(0)\"");
        for (int step = 0; step < cpu.losses().size(); step++) {
            assertThat(gpu.losses().get(step)).isCloseTo(cpu.losses().get(step), within(1e-2));
        }
    }

    @Test
    void should_have_the_losses_of_the_cpu_when_it_trains_on_a_gpu() throws IOException {
        agree();
    }

    @Test
    void should_have_the_losses_of_the_cpu_when_memory_is_saved_on_a_gpu() throws IOException {
        agree("accumulate", "2", "recompute", "true", "average", "0.9");
    }
}

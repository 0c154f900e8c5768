package org.spdbook.experiment.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.data.Fixture;
import org.spdbook.data.ImageNet;
import org.spdbook.data.MadeTree;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.PackProgress;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.SpecWords;
import org.spdbook.experiment.World;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.train.Seeds;
import org.spdbook.train.Task;

/** Each data set in its published layout, small, through the paper profile from words to result. */
class PhotoWorldsTest {

    private static final String CLIP = "openai/clip-vit-base-patch16";
    private static final String SWIN = "timm/swin_tiny_patch4_window7_224.ms_in22k";

    private static final PackProgress SILENT = new PackProgress() {
        @Override
        public void begin(int there, int all, long needed, long free) {}

        @Override
        public void packed(int done, int all) {}
    };

    @TempDir
    private Path folder;

    private final List<String> skipped = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void step(int step, int steps, double loss) {}

        @Override
        public void skipped(Set<String> sentences) {
            skipped.addAll(sentences);
        }
    };

    @BeforeEach
    void setPlaces() {
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

    private Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    private Path weights(String name) {
        return folder.resolve("weights").resolve(name);
    }

    private static Plan plan(String experiment, String... words) {
        Map<String, String> given = new HashMap<>(Map.of("profile", "paper", "batch", "8", "epochs", "2"));
        for (int i = 0; i < words.length; i += 2) {
            given.put(words[i], words[i + 1]);
        }
        return Plan.of(SpecWords.spec(experiment, given));
    }

    private Run trained(Plan plan) {
        return Experiment.train(
                plan, new RunStore(folder.resolve("runs")), Recording.defaults(), progress, new Cancel());
    }

    @Test
    void should_train_and_test_on_every_domain_when_domainnet_is_there() throws IOException {
        MadeTree.in(data("domainnet"));
        MadeModels.clip(weights(CLIP));

        Run run = trained(plan("domainnet", "on", "real", "optimizer", "adam-spd", "lr", "1e-2"));

        assertThat(run.scores()).containsOnlyKeys("clipart", "infograph", "painting", "quickdraw", "real", "sketch");
        assertThat(run.losses()).hasSize(6).allMatch(Double::isFinite); // 27 of 30 pictures, twice
        assertThat(run.losses().get(0)).isBetween(.2, 20.0);
        assertThat(run.deviation()).isPositive();
        assertThat(run.zeroShot()).hasSize(6);
        assertThat(weights("heads")).isNotEmptyDirectory();
        assertThat(skipped).isEmpty();
        assertThat(trained(plan("domainnet", "on", "real", "optimizer", "adam-spd", "lr", "1e-2"))
                        .losses())
                .isEqualTo(run.losses());
    }

    @Test
    void should_leave_out_and_name_a_picture_when_it_cannot_be_used() throws IOException {
        MadeTree.in(data("domainnet"));
        MadeModels.clip(weights(CLIP));
        List<Path> airplanes = files(data("domainnet/real/airplane"));
        Files.writeString(airplanes.get(0), "no picture");
        Files.delete(airplanes.get(10)); // of the test set

        Run run = trained(plan("domainnet", "on", "real", "classifier", "new"));

        assertThat(skipped)
                .hasSize(2)
                .anyMatch(sentence ->
                        sentence.contains(airplanes.get(0).getFileName() + " cannot be used: it is no picture"))
                .anyMatch(sentence -> sentence.contains("is in the lists but not in"));
        assertThat(folder.resolve("runs").resolve(run.name()).resolve("skipped.txt"))
                .isRegularFile();
        assertThat(run.outcomes().get("real").examples()).isEqualTo(5);
        assertThat(run.outcomes().get("sketch").examples()).isEqualTo(6);
    }

    @Test
    void should_train_and_test_on_the_shifts_when_imagenet_is_there() throws IOException {
        imageNet();
        MadeModels.clip(weights(CLIP));

        Run run = trained(plan("imagenet", "lr", "1e-3"));
        Run subset = trained(plan("imagenet", "lr", "1e-3", "scored", "subset"));

        assertThat(run.scores()).containsOnlyKeys("imagenet", "v2", "a", "r", "sketch");
        assertThat(run.spec().settings()).containsEntry("label-smoothing", "0.1");
        assertThat(subset.losses()).isEqualTo(run.losses());
        assertThat(subset.accuracy("v2")).isEqualTo(run.accuracy("v2"));
        assertThat(subset.accuracy("a")).isEqualTo(100); // of one class
        DataCheck check = World.named("imagenet", Profile.PAPER).checkData(done -> {});
        assertThat(check.complete()).isTrue();
        assertThat(check.facts()).containsEntry("examples", "55");
    }

    @Test
    void should_regularise_as_the_recipe_says_when_imagenet_is_trained_on() throws IOException {
        imageNet();
        MadeModels.clip(weights(CLIP));
        Map<String, String> off = Map.of("randaugment", "none", "mixup", "0", "cutmix", "0", "drop-path", "0");

        Map<String, String> recipe = plan("imagenet").spec().settings();
        double plain = firstLoss(off);

        assertThat(recipe)
                .containsEntry("randaugment", "rand-m9-mstd0.5-inc1")
                .containsEntry("mixup", "0.8")
                .containsEntry("cutmix", "1.0")
                .containsEntry("drop-path", "0.2")
                .containsEntry("floor", "0.5");
        assertThat(firstLoss(off)).isEqualTo(plain); // before the first step, of the same pictures
        for (String name : off.keySet()) {
            Map<String, String> one = new HashMap<>(off);
            one.put(name, recipe.get(name));
            assertThat(firstLoss(one)).as(name).isFinite().isNotEqualTo(plain);
        }
        assertThat(SpecWords.spec("imagenet", Map.of("profile", "pilot")))
                .satisfies(spec -> assertThat(Plan.of(spec).world().settings())
                        .filteredOn(option -> off.containsKey(option.name()))
                        .extracting(OptionSpec::defaultValue)
                        .containsExactlyInAnyOrder("none", "0.0", "0.0", "0.0"));
    }

    /** Of the training pictures of ImageNet with some settings. */
    private static double firstLoss(Map<String, String> settings) {
        World world = World.named("imagenet", Profile.PAPER).with(settings);
        try (OpenWorld open = world.open("imagenet", 0)) {
            return open.task()
                    .loss(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, new Seeds(0), 0)
                    .getFloat();
        }
    }

    @Test
    void should_go_on_as_if_never_stopped_when_a_regularised_run_is_resumed() throws IOException {
        imageNet();
        MadeModels.clip(weights(CLIP));
        Plan plan = plan("imagenet", "lr", "1e-3");
        var cancel = new Cancel();
        Progress stopping = new Progress() {
            @Override
            public void step(int step, int steps, double loss) {
                if (step == 3) {
                    cancel.ask();
                }
            }
        };
        var store = new RunStore(folder.resolve("stopped"));
        assertThatThrownBy(() -> Experiment.train(plan, store, Recording.defaults(), stopping, cancel))
                .isInstanceOf(CancelledRunException.class);

        Run resumed = Experiment.resume(store.list().get(0), Recording.defaults(), progress, new Cancel());

        assertThat(resumed.losses()).isEqualTo(trained(plan).losses());
    }

    @Test
    void should_regularise_in_training_alone_when_examples_are_held_out() throws IOException {
        imageNet();
        MadeModels.clip(weights(CLIP));
        try (OpenWorld open = World.named("imagenet", Profile.PAPER).open("imagenet", 0)) {
            int[] batch = {0};
            Function<Task, Set<Float>> losses = task -> LongStream.range(0, 6)
                    .mapToObj(seed -> task.loss(batch, new Seeds(seed), 0).getFloat())
                    .collect(Collectors.toSet());

            assertThat(losses.apply(open.heldOut())).hasSize(1);
            assertThat(losses.apply(open.task())).hasSize(6);
        }
        assertThat(trained(plan("imagenet", "finish", "tpgm(2)")).deviation()).isPositive();
    }

    @Test
    void should_say_what_is_wrong_when_a_regularisation_makes_no_sense() throws IOException {
        imageNet();
        MadeModels.clip(weights(CLIP));

        assertThatThrownBy(() -> plan("imagenet", "randaugment", "rand-m9-n3"))
                .hasMessageContaining("such as rand-m9-mstd0.5-inc1, got rand-m9-n3");
        assertThatThrownBy(() -> plan("imagenet", "mixup", "-1")).hasMessageContaining("got mixup -1.0");
        assertThatThrownBy(() -> trained(plan("imagenet", "drop-path", "1")))
                .hasMessageContaining("drop-path is at least 0 and below 1, got 1.0");
    }

    @Test
    void should_say_what_is_wrong_when_folders_of_imagenet_are_missing_or_strange() throws IOException {
        MadeModels.clip(weights(CLIP));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("imagenet")))
                .withMessageContaining("which has no folder imagenet/train, imagenet/val, imagenetv2-matched")
                .withMessageContaining("SPD_DATA names the folder above");
        imageNet();
        Files.delete(data("imagenet/classes.txt"));
        assertThatThrownBy(() -> trained(plan("imagenet")))
                .hasMessageContaining("names of ImageNet's classes were looked for in " + data("imagenet/classes.txt"));
        Files.writeString(data("imagenet/classes.txt"), "n01440764 tench\n");
        assertThatThrownBy(() -> trained(plan("imagenet"))).hasMessageContaining("class n01443537 has no name");
        Files.move(data("imagenet-r/n01443537"), data("imagenet-r/n09999999"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("imagenet")))
                .withMessageContaining("folder imagenet-r/n09999999")
                .withMessageContaining("is of no class");
        Files.move(data("imagenet-r/n09999999"), data("imagenet-r/n01443537"));
        Files.move(
                data("imagenetv2-matched-frequency-format-val/1"), data("imagenetv2-matched-frequency-format-val/7"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("imagenet")))
                .withMessageContaining("it should be 0 to 2");
    }

    @Test
    void should_train_on_packed_copies_as_a_run_of_its_own_when_imagenet_was_packed() throws IOException {
        imageNet();
        MadeModels.clip(weights(CLIP));
        World originals = World.named("imagenet", Profile.PAPER).with(Map.of()); // looks at the files anew
        String fingerprint = originals.fingerprint();
        assertThat(originals.dataFacts()).containsEntry("packed", "no, these are the originals");
        Path copies = folder.resolve("copies");
        DataCheck packed = originals.packData(32, copies, SILENT, new Cancel());
        assertThat(packed.complete()).isTrue();
        assertThat(packed.facts().get("copies")).startsWith("55 of 55");

        System.setProperty("spd.data", copies.toString());

        World world = World.named("imagenet", Profile.PAPER).with(Map.of());
        assertThat(world.dataFacts().get("packed"))
                .contains("short side of at most 32 pixels", "differ from the originals");
        assertThat(world.dataFacts())
                .containsEntry("checksum of the names", originals.dataFacts().get("checksum of the names"));
        assertThat(world.fingerprint()).isNotEqualTo(fingerprint);
        assertThat(trained(plan("imagenet", "epochs", "1")).scores()).hasSize(5);
        String marker = Files.readString(copies.resolve(PackMarker.FILE));
        Files.writeString(copies.resolve(PackMarker.FILE), marker.replace("true", "false"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("imagenet", "epochs", "1", "seed", "1")))
                .withMessageContaining("the copies of ImageNet in " + copies + " are not finished");
    }

    @Test
    void should_train_and_test_under_corruptions_when_pascal_is_there() throws IOException {
        pascal(10, 2);
        MadeModels.swin(weights(SWIN));

        Plan plan = plan("pascal", "size", "64", "head-width", "8", "batch", "4", "epochs", "2");
        Run run = trained(plan);

        assertThat(run.scores()).containsOnlyKeys("clean", "gaussian-noise", "defocus-blur", "fog", "brightness");
        assertThat(run.outcomes().get("clean").examples()).isEqualTo(2);
        assertThat(run.outcomes().get("fog").examples()).isEqualTo(10); // at five severities
        assertThat(run.losses()).hasSize(4).allMatch(Double::isFinite);
        assertThat(trained(plan).losses()).isEqualTo(run.losses()); // with dropout
        assertThat(run.deviation()).isPositive();
        assertThat(World.named("pascal", Profile.PAPER).checkData(done -> {}).complete())
                .isTrue();
        Run adapters = trained(
                plan("pascal", "size", "64", "head-width", "8", "batch", "4", "epochs", "1", "trained", "adapters"));
        assertThat(adapters.deviation()).isZero();
        assertThat(adapters.history().tensors()).anyMatch(name -> name.contains("adapter_mlp.up"));
        // running means of the decoder's normalisation are kept too
        assertThat(Experiment.evaluate(new RunStore(folder.resolve("runs")).find(run.name()), List.of()))
                .isEqualTo(run.scores());
    }

    @Test
    void should_say_what_was_found_when_another_device_is_asked_for() {
        Plan plan = plan("domainnet");

        assertThat(plan.on("cpu")).isEqualTo(plan);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.on("tpu"))
                .withMessage("device tpu is not known; choose cpu, gpu or gpu(1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.on("gpu(99)"))
                .withMessageMatching("device gpu\\(99\\) was asked for, PyTorch sees \\d+ GPUs with its natives in .+;"
                        + " use cpu, or see `spd doctor` for how to point at a CUDA build");
    }

    /** The running means of the head's normalisation are a part of what is stored, and what is dropped belongs to the step. */
    @Test
    void should_test_and_end_alike_when_a_segmentation_is_stored_or_stopped() throws IOException {
        pascal(10, 2);
        MadeModels.swin(weights(SWIN));
        Plan plan = plan("pascal", "size", "64", "head-width", "8", "batch", "4", "epochs", "2", "lr", "1e-2");
        Run whole = trained(plan);
        var store = new RunStore(folder.resolve("runs"));
        var cancel = new Cancel();
        Progress stop = (step, steps, loss) -> {
            if (step == 2) {
                cancel.ask();
            }
        };
        assertThatThrownBy(() -> Experiment.train(
                        plan, new RunStore(folder.resolve("stopped")), Recording.defaults(), stop, cancel))
                .hasMessageContaining("stopped after step 2 of 4");
        RunFolder stopped = new RunStore(folder.resolve("stopped")).list().get(0);
        Run resumed = Experiment.resume(stopped, Recording.defaults(), Progress.SILENT, new Cancel());

        assertThat(resumed.losses()).isEqualTo(whole.losses());
        assertThat(stopped.model())
                .hasSameBinaryContentAs(store.find(whole.name()).model());
        assertThat(Experiment.evaluate(stopped, List.of())).isEqualTo(whole.scores());
        try (var model = org.spdbook.weights.Safetensors.open(stopped.model())) {
            assertThat(model.names())
                    .contains("decode_head.batch_norm.running_mean", "decode_head.batch_norm.running_var");
        }
    }

    @Test
    void should_compute_a_batch_in_parts_only_when_asked_to_normalise_by_each() throws IOException {
        pascal(10, 2);
        MadeModels.swin(weights(SWIN));
        String[] words = {"size", "64", "head-width", "8", "batch", "4", "epochs", "1", "accumulate", "2"};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trained(plan("pascal", words)))
                .withMessage(
                        "accumulate=2 was asked for, but this model's loss of 4 examples is not the mean of that of"
                                + " 2 at a time: it normalises by the batch; leave accumulate=1, or say statistics=part to"
                                + " normalise by each part");
        String[] asked = java.util.Arrays.copyOf(words, words.length + 2);
        asked[words.length] = "statistics";
        asked[words.length + 1] = "part";
        assertThat(trained(plan("pascal", asked)).losses()).hasSize(2).allMatch(Double::isFinite);
    }

    @Test
    void should_say_what_is_wrong_when_files_of_pascal_are_missing_or_strange() throws IOException {
        MadeModels.swin(weights(SWIN));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("pascal")))
                .withMessageContaining("PASCAL was looked for in " + data("pascal"))
                .withMessageContaining("ImageSets/Context/train.txt");
        pascal(10, 3);
        mask("val0", 21, 40, 30);
        mask("val1", 3, 20, 30);
        Files.delete(data("pascal/JPEGImages/val2.jpg"));
        DataCheck check = World.named("pascal", Profile.PAPER).checkData(done -> {});
        assertThat(check.complete()).isFalse();
        assertThat(check.facts().get("cannot be used"))
                .startsWith("3: ")
                .contains("has the value 21, which is no class")
                .contains("JPEGImages/val2.jpg is in the lists but not in");
        Files.writeString(data("pascal/ImageSets/Context/val.txt"), "\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("pascal")))
                .withMessageContaining("val.txt in " + data("pascal") + " is empty");
    }

    @Test
    void should_say_what_was_looked_for_where_when_weights_are_missing() throws IOException {
        pascal(2, 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("pascal")))
                .withMessageStartingWith("pascal in profile paper lacks files: the weights of Swin-Tiny")
                .withMessageContaining("looked for in " + weights(SWIN))
                .withMessageContaining("found: no such folder")
                .withMessageContaining("spd pull " + SWIN);
        MadeModels.swin(weights(SWIN));
        Files.delete(weights(SWIN).resolve("config.json"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("pascal")))
                .withMessageContaining("config.json");
    }

    @Test
    void should_take_the_weights_of_the_hubs_cache_when_they_are_there() throws IOException {
        imageNet();
        String commit = "57c216476eefef5ab752ec549e440a49ae4ae5f3";
        Path cached = folder.resolve("cache/models--openai--clip-vit-base-patch16");
        Files.createDirectories(cached.resolve("refs"));
        Files.writeString(cached.resolve("refs/main"), commit);
        MadeModels.clip(cached.resolve("snapshots").resolve(commit));

        assertThat(trained(plan("imagenet", "epochs", "1")).scores()).hasSize(5);
    }

    private void imageNet() throws IOException {
        List<String> ids = List.of("n01440764", "n01443537", "n01484850");
        for (ImageNet.Part part : ImageNet.Part.values()) {
            for (int label = 0; label < (part == ImageNet.Part.A ? 1 : ids.size()); label++) {
                String name = part == ImageNet.Part.V2 ? Integer.toString(label) : ids.get(label);
                Path to = Files.createDirectories(data(part.folder()).resolve(name));
                for (int i = 0; i < (part == ImageNet.Part.TRAIN ? 13 : 1); i++) {
                    Files.copy(Fixture.path("jpeg-420.jpg"), to.resolve(i + ".JPEG"));
                }
                if (part == ImageNet.Part.VAL) {
                    Files.copy(Fixture.path("jpeg-444.jpg"), to.resolve("other.JPEG"));
                }
            }
        }
        Files.writeString(
                data("imagenet/classes.txt"), "n01440764 tench\nn01443537 goldfish\nn01484850 great white shark\n");
        Files.writeString(data("imagenet/templates.txt"), "a photo of a {}.\nart of the {}.\n");
    }

    private void pascal(int train, int val) throws IOException {
        Files.createDirectories(data("pascal/ImageSets/Context"));
        Files.createDirectories(data("pascal/JPEGImages"));
        Files.createDirectories(data("pascal/semseg/VOC12"));
        for (String part : List.of("train", "val")) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < (part.equals("train") ? train : val); i++) {
                String name = part + i;
                names.add(name);
                Path picture = data("pascal/JPEGImages").resolve(name + ".jpg");
                Files.copy(Fixture.path("jpeg-420.jpg"), picture);
                BufferedImage decoded = ImageIO.read(picture.toFile());
                mask(name, 1 + i % 20, decoded.getWidth(), decoded.getHeight());
            }
            Files.write(data("pascal/ImageSets/Context").resolve(part + ".txt"), names);
        }
    }

    /** Background, a class on the left half, and a border that is not scored. */
    private void mask(String name, int label, int width, int height) throws IOException {
        BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                mask.getRaster().setSample(x, y, 0, y == 0 ? 255 : x < width / 2 ? label : 0);
            }
        }
        ImageIO.write(
                mask, "png", data("pascal/semseg/VOC12").resolve(name + ".png").toFile());
    }

    private static List<Path> files(Path of) throws IOException {
        try (var paths = Files.list(of)) {
            return paths.sorted().toList();
        }
    }
}

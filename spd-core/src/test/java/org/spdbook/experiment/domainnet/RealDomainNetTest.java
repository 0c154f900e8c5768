package org.spdbook.experiment.domainnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.data.MadeTree;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.SpecWords;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.SeedRange;
import org.spdbook.experiment.table.TablePlans;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

class RealDomainNetTest {

    private static final String WEIGHTS = "openai/clip-vit-base-patch16";

    @TempDir
    private Path folder;

    @BeforeEach
    void setPlaces() {
        System.setProperty("spd.data", folder.resolve("data").toString());
        System.setProperty("spd.weights", folder.resolve("weights").toString());
    }

    @AfterEach
    void clearPlaces() {
        System.clearProperty("spd.data");
        System.clearProperty("spd.weights");
    }

    private Path data() {
        return folder.resolve("data/domainnet");
    }

    private static World paper() {
        return World.named("domainnet", Profile.PAPER);
    }

    private static Plan plan(String experiment, String... words) {
        Map<String, String> given = new java.util.HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            given.put(words[i], words[i + 1]);
        }
        return Plan.of(SpecWords.spec(experiment, given));
    }

    @ParameterizedTest
    @CsvSource({"domainnet, pilot", "domainnet, paper", "domainnet-l2sp, pilot", "domainnet-l2sp, paper"})
    void should_resolve_everything_when_no_file_is_there(String experiment, String profile) {
        ExperimentSpec spec =
                plan(experiment, "profile", profile, "on", "sketch").spec();

        assertThat(spec.profile()).isEqualTo(profile);
        assertThat(spec.lr()).isEqualTo(2e-5);
        assertThat(spec.settings())
                .containsEntry("epochs", "10")
                .containsEntry("batch", "256")
                .containsEntry("schedule", "cosine")
                .containsEntry("normalization", "clip");
        assertThat(spec.settings().containsKey("fraction")).isEqualTo(profile.equals("pilot"));
        assertThat(Plan.of(ExperimentSpec.fromJson(spec.toJson())).spec()).isEqualTo(spec);
    }

    @Test
    void should_limit_classes_pictures_and_steps_when_the_pilot_is_told_to() {
        Plan plan = plan(
                "domainnet", "profile", "pilot", "fraction", "0.5", "classes", "20", "max-steps", "30", "epochs", "3");

        assertThat(plan.spec().settings())
                .containsEntry("fraction", "0.5")
                .containsEntry("classes", "20")
                .containsEntry("max-steps", "30")
                .containsEntry("epochs", "3");
        assertThat(plan.world().mostSteps()).isEqualTo(30);
        assertThat(plan.recipe().epochs()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "pilot, fraction, 0, fraction 0.0",
        "pilot, fraction, half, 'fraction takes a number, got half'",
        "pilot, classes, 346, classes 346",
        "pilot, classes, 1.5, 'classes takes a whole number, got 1.5'",
        "pilot, max-steps, 0, max-steps 0",
        "paper, fraction, 0.5, option fraction is not known",
        "paper, normalization, other, normalization other is not known",
        "huge, seed, 0, profile huge is not known; choose one of"
    })
    void should_refuse_when_a_setting_is_wrong(String profile, String name, String value, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("domainnet", "profile", profile, name, value))
                .withMessageContaining(sentence);
    }

    @Test
    void should_name_the_profiles_there_are_when_an_experiment_has_another_one() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> World.named("domainnet", Profile.TWIN))
                .withMessageContaining("domainnet has no profile twin, only pilot, paper");
    }

    @Test
    void should_say_in_one_sentence_what_is_lacking_when_no_file_is_there() {
        Plan plan = plan("domainnet", "profile", "paper");
        var store = new RunStore(folder.resolve("runs"));

        assertThatIllegalStateException()
                .isThrownBy(() -> Experiment.train(plan, store, Recording.defaults(), Progress.SILENT, new Cancel()))
                .withMessageStartingWith(
                        "domainnet in profile paper lacks files: DomainNet was looked for in the folder " + data()
                                + ", which is not there (SPD_DATA names the folder above, data when it is not set;")
                .withMessageContaining("the weights of CLIP ViT-B/16 were looked for in "
                        + folder.resolve("weights").resolve(WEIGHTS))
                .withMessageContaining("SPD_WEIGHTS")
                .withMessageContaining("spd pull openai/clip-vit-base-patch16");
        assertThat(folder.resolve("runs"))
                .satisfiesAnyOf(
                        runs -> assertThat(runs).doesNotExist(),
                        runs -> assertThat(runs).isEmptyDirectory());
    }

    @Test
    void should_say_that_of_the_weights_when_the_data_is_there() throws IOException {
        MadeTree.in(data());

        assertThatIllegalStateException()
                .isThrownBy(() -> paper().open("real", 0))
                .withMessageStartingWith("domainnet in profile paper lacks files: the weights of CLIP")
                .withMessageNotContaining("SPD_DATA");
    }

    @Test
    void should_name_the_folders_when_there_are_lists_without_pictures() throws IOException {
        MadeTree.in(folder.resolve("elsewhere"), data());

        assertThatIllegalStateException()
                .isThrownBy(() -> paper().checkData(done -> {}))
                .withMessageContaining("DomainNet's pictures were looked for in " + data()
                        + ", which has no folder clipart, infograph, painting, quickdraw, real, sketch");
    }

    @Test
    void should_tell_counts_and_release_when_lists_are_there() throws IOException {
        MadeTree.in(data());
        Map<String, String> facts = World.named("domainnet", Profile.PILOT).dataFacts();

        assertThat(facts)
                .containsEntry("lacking", "nothing")
                .containsEntry("classes", "3 of 345")
                .containsEntry("used of real, seed 0", "3 to train on, 0 held out for validation, 1 to test on");
        assertThat(facts.get("lists found, train/test")).startsWith("clipart 30/6, ");
        assertThat(facts.get("release")).startsWith("neither: 10 lists are not of the original one's lengths");
    }

    @Test
    void should_count_and_name_bad_files_when_the_data_is_checked() throws IOException {
        MadeTree.in(data());
        DataCheck good = paper().checkData(done -> {});
        Path airplanes = data().resolve("real/airplane");
        List<Path> files = files(airplanes);
        for (Path file : files.subList(0, 6)) {
            Files.delete(file);
        }
        Files.writeString(files.get(6), "no picture");
        DataCheck bad = paper().checkData(done -> {});

        assertThat(good.complete()).isTrue();
        assertThat(good.facts())
                .containsEntry("files", "216")
                .containsEntry("missing", "none")
                .containsEntry("broken", "none")
                .containsEntry("listed twice", "none");
        assertThat(bad.complete()).isFalse();
        assertThat(bad.facts().get("missing"))
                .startsWith("6: real/airplane/real_001_000000")
                .endsWith(", ...");
        assertThat(bad.facts().get("broken"))
                .isEqualTo("1: real/airplane/" + files.get(6).getFileName()
                        + " is no picture, it begins with 6e 6f 20 70 69 63 74 75");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }

    @Test
    void should_plan_real_cells_when_a_table_is_asked_for_in_another_profile() {
        var table = TablePlans.of("1", Profile.PAPER, null);
        List<Plan> cells = table.cells(paper(), List.of("real"), new SeedRange(0, 0), new SeedRange(0, 0));

        assertThat(table.experiment()).isEqualTo("domainnet");
        assertThat(cells).hasSize(8).allMatch(cell -> cell.spec().profile().equals("paper"));
        assertThat(cells.get(0).spec().options()).containsEntry("weight-decay", "0.1");
        assertThat(TablePlans.of("2", Profile.PILOT, null).experiment()).isEqualTo("domainnet-l2sp");
        assertThat(TablePlans.of("1", Profile.TWIN, null).experiment()).isEqualTo("emoji");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TablePlans.of("9", Profile.PAPER, null))
                .withMessageContaining("table 9 is not there yet");
        assertThat(paper().settings().stream().map(OptionSpec::name))
                .containsExactly("normalization", "classifier", "label-smoothing");
    }
}

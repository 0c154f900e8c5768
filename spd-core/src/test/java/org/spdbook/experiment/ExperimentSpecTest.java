package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.train.Schedule;

class ExperimentSpecTest {

    private final ExperimentSpec spec = new ExperimentSpec(
            "emoji", "twin", "noto", "adam-spd", 1e-3, -3, Map.of("lambda", "2", "eps", "1e-8"), Map.of("epochs", "2"));

    @Test
    void should_be_the_same_when_written_and_read() {
        assertThat(ExperimentSpec.fromJson(spec.toJson())).isEqualTo(spec);
        assertThat(spec.toJson())
                .isEqualTo("{\"schema\":1,\"experiment\":\"emoji\",\"profile\":\"twin\",\"trained_on\":\"noto\","
                        + "\"optimizer\":\"adam-spd\",\"lr\":0.001,\"seed\":-3,\"options\":{\"eps\":\"1e-8\","
                        + "\"lambda\":\"2\"},\"settings\":{\"epochs\":\"2\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"schema\":1}", "{\"schema\":9}", "{\"schema\":1,\"options\":3", "nonsense"})
    void should_say_what_is_needed_when_it_is_no_spec(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSpec.fromJson(json))
                .withMessageContaining("spec");
    }

    @Test
    void should_refuse_when_rate_or_profile_is_wrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSpec.of("emoji", "noto", "adamw", Double.NaN, 0, Map.of()))
                .withMessageContaining("lr must be finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExperimentSpec("emoji", "huge", "noto", "adamw", 1, 0, Map.of(), Map.of()))
                .withMessageContaining("choose one of twin, pilot, paper");
    }

    @Test
    void should_change_only_what_is_set_when_a_recipe_is_given_settings() {
        Recipe recipe = Recipe.of(8, 32, 10, Schedule.Kind.COSINE, 0);

        assertThat(recipe.with(Map.of())).isEqualTo(recipe);
        assertThat(recipe.with(Map.of("epochs", "2", "head", "free", "head-rate", "10")))
                .isEqualTo(new Recipe(
                        2,
                        32,
                        10,
                        Schedule.Kind.COSINE,
                        0,
                        0,
                        new Groups(Trained.ALL, Head.FREE, 10, 1),
                        Start.NONE,
                        Finish.NONE,
                        Computing.USUAL,
                        0,
                        Adapters.USUAL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.with(Map.of("epoch", "2")))
                .withMessageContaining("did you mean epochs?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.with(Map.of("batch", "-2")))
                .withMessageContaining("batch takes a whole number, got -2");
    }

    @Test
    void should_be_read_as_it_is_told_when_a_recipe_has_another_schedule() {
        Recipe recipe = Recipe.of(8, 32, 10, Schedule.Kind.COSINE, 0);

        for (String word : Schedule.Kind.words()) {
            Recipe other = recipe.with(Map.of("schedule", word));
            assertThat(other.schedule()).isEqualTo(Schedule.Kind.of(word));
            assertThat(other.toMap(recipe)).containsEntry("schedule", word);
            assertThat(other.with(Map.of())).isEqualTo(other);
        }
    }

    @Test
    void should_tell_parts_of_a_batch_only_when_there_are_some() {
        Recipe recipe = Recipe.of(8, 32, 10, Schedule.Kind.COSINE, 0);

        assertThat(recipe.toMap(recipe)).doesNotContainKeys("accumulate", "statistics");
        assertThat(recipe.with(Map.of("accumulate", "4", "statistics", "part")).toMap(recipe))
                .containsEntry("accumulate", "4")
                .containsEntry("statistics", "part");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.with(Map.of("accumulate", "5")))
                .withMessage(
                        "a batch of 32 cannot be cut into accumulate=5 parts of one size; choose one of 1, 2, 4, 8,"
                                + " 16, 32");
    }

    @Test
    void should_name_the_nearest_when_a_name_is_not_known() {
        List<String> known = List.of("adam", "adam-spd", "adamw", "l2sp");

        assertThat(Known.nearest("adamspd", known)).contains("adam-spd");
        assertThat(Known.nearest("ADAMW", known)).contains("adamw");
        assertThat(Known.nearest("l2ps", known)).contains("l2sp");
        assertThat(Known.nearest("sgd", known)).isEmpty();
        assertThat(Known.sentence("optimizer", "sgd", known))
                .isEqualTo("optimizer sgd is not known; choose one of adam, adam-spd, adamw, l2sp");
    }
}

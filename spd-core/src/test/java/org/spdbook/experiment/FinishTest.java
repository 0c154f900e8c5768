package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.eval.Deviation;
import org.spdbook.optim.Target;
import org.spdbook.torch.Torch;
import org.spdbook.train.Schedule;

class FinishTest {

    /** Two tensors that stand 3 and 4 away from where they began, 5 in all; what is left of both after a finish. */
    private static double[] distances(String finish) {
        try (NDManager manager = Torch.newManager()) {
            NDArray a = manager.create(new float[] {1, 1});
            NDArray b = manager.create(new float[] {2});
            Map<String, NDArray> before = Map.of("a", a.duplicate(), "b", b.duplicate());
            a.addi(manager.create(new float[] {0, 3}));
            b.subi(4);

            Finish.parse(finish).apply(List.of(Target.of("a", a), Target.of("b", b)), before, () -> {
                throw new IllegalStateException("not asked");
            });

            return new double[] {
                Deviation.between(Map.of("a", a), Map.of("a", before.get("a"))),
                Deviation.between(Map.of("b", b), Map.of("b", before.get("b"))),
                a.toFloatArray()[0],
                b.toFloatArray()[0]
            };
        }
    }

    @Test
    void should_leave_the_distance_that_is_asked_on_the_way_back() {
        assertThat(distances("none")).containsExactly(3, 4, 1, -2);
        assertThat(distances("wise(0.75)")).containsExactly(new double[] {2.25, 3, 1, -1}, within(1e-6));
        assertThat(distances("shrink(2.5)")).containsExactly(new double[] {1.5, 2, 1, 0}, within(1e-6));
        assertThat(distances("shrink(6)")).containsExactly(3, 4, 1, -2);
        assertThat(distances("shrink-each(1 5)")).containsExactly(new double[] {1, 4, 1, -2}, within(1e-6));
        assertThat(distances("shrink(0)")).containsExactly(new double[] {0, 0, 1, 2}, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wise",
                "wise()",
                "wise(1.5)",
                "wise(-1)",
                "shrink(a)",
                "shrink(1 2)",
                "none(1)",
                "shrunk(1)",
                "tpgm(1.5)",
                "wise(1"
            })
    void should_say_what_is_known_when_it_cannot_be_read(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Finish.parse(text))
                .withMessageContaining("shrink-each(d1 d2 ...)");
    }

    @Test
    void should_refuse_when_the_distances_are_for_another_number_of_tensors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> distances("shrink-each(1 2 3)"))
                .withMessageContaining("3 distances, but the model trains 2 tensors");
    }

    @Test
    void should_be_left_out_of_a_spec_when_there_is_none() {
        Recipe recipe = Recipe.of(8, 32, 10, Schedule.Kind.COSINE, 0);

        assertThat(recipe.toMap(recipe)).doesNotContainKey("finish");
        assertThat(recipe.with(Map.of("finish", "none")).toMap(recipe)).isEqualTo(recipe.toMap(recipe));
        for (String finish : List.of("wise(0.5)", "tpgm(200)")) {
            assertThat(recipe.with(Map.of("finish", finish)).toMap(recipe)).containsEntry("finish", finish);
        }
    }

    @Test
    void should_name_a_long_list_by_dots() {
        var setting = new Setting("adamw", 1e-3, 0, Map.of("finish", "shrink-each(0.1 0.2 0.3 0.4)"));

        assertThat(setting).hasToString("adamw finish=shrink-each(...)@1e-3");
        assertThat(new Setting("adam-spd", 1e-3, 1, Map.of("selection", "random(0.5 0.2)")).method())
                .isEqualTo("adam-spd selection=random(0.5 0.2)");
    }
}

package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.model.Llama;
import org.spdbook.torch.Torch;

class CommonsenseModelTest {

    private static final CommonsenseWorld WORLD = new CommonsenseWorld();

    @Test
    void should_be_the_model_of_the_runs_when_opened_by_itself() {
        try (NDManager manager = Torch.newManager();
                Llama llama = WORLD.model(manager);
                OpenWorld open = WORLD.open("id", 0)) {
            assertThat(llama.parameters().count()).isEqualTo(447_744);
            assertThat(llama.parameters().asMap().keySet())
                    .containsExactlyElementsOf(open.weights().keySet());
            open.weights()
                    .forEach((name, value) -> assertThat(
                                    llama.parameters().get(name).toFloatArray())
                            .containsExactly(value.toFloatArray()));
        }
    }

    @Test
    void should_begin_with_its_mark_when_a_text_is_numbered() {
        assertThat(WORLD.ids("right / wrong"))
                .hasSize(4)
                .startsWith(Vocabulary.BEGIN)
                .doesNotHaveDuplicates();
    }

    @Test
    void should_name_the_word_when_the_world_does_not_know_it() {
        assertThatThrownBy(() -> WORLD.ids("right zebrafish")).hasMessageContaining("the word zebrafish is none of");
    }
}

package org.spdbook.experiment.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class PaliGemmaCostTest {

    private final PaliGemmaCost cost = PaliGemmaCost.of3B();

    @Test
    void should_count_what_is_published_when_the_model_is_paligemma_3b() {
        assertThat(cost.weights()).isEqualTo(2_923_466_480L);
        assertThat(cost.trained()).isEqualTo(3_336_192L);
        assertThat(cost.around())
                .hasSize(7)
                .contains(
                        "vision_tower.vision_model.encoder.layers.N.self_attn.v_proj x 27",
                        "language_model.model.layers.N.self_attn.o_proj x 18")
                .noneMatch(name -> name.contains("out_proj"));
    }

    /** By hand: 0.41 billion weights of the tower see 256 tokens, 1.98 billion of the decoder 268, two operations each; attention adds little. */
    @Test
    void should_count_operations_of_all_tokens_when_a_question_is_answered() {
        double weights = 2 * (.4113e9 * 256 + 1.9818e9 * 268);

        assertThat(cost.forward()).isGreaterThan(weights).isCloseTo(weights, withinPercentage(3));
        assertThat(cost.training()).isEqualTo(2 * cost.forward());
        assertThat(PaliGemmaCost.hours(3.6e15, 1)).isEqualTo(1);
    }
}

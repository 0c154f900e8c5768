package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.optim.Target;
import org.spdbook.torch.Torch;
import org.spdbook.train.Schedule;

class GroupsTest {

    private static final List<String> NAMES = List.of(
            "emb.weight", "emb.bias", "blocks.0.weight", "blocks.1.weight", "blocks.1.bias", "norm.bias", "head");

    private static List<Target> of(Groups groups) {
        return of(groups, NAMES);
    }

    private static List<Target> of(Groups groups, List<String> names) {
        try (NDManager manager = Torch.newManager()) {
            List<Target> targets = names.stream()
                    .map(name -> Target.of(name, manager.create(1f)))
                    .toList();
            return groups.of(targets, Set.of("head"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, ANCHORED, emb.weight emb.bias blocks.0.weight blocks.1.weight blocks.1.bias norm.bias head",
        "ALL, EXCLUDED, emb.weight emb.bias blocks.0.weight blocks.1.weight blocks.1.bias norm.bias",
        "HEAD, FREE, head",
        "BIASES, FREE, emb.bias blocks.1.bias norm.bias head"
    })
    void should_train_what_is_asked_for(Trained trained, Head head, String names) {
        List<Target> targets = of(new Groups(trained, head, 1, 1));

        assertThat(targets).extracting(Target::name).containsExactly(names.split(" "));
        assertThat(targets)
                .allMatch(target -> target.decays() == (!target.name().equals("head") || head == Head.ANCHORED));
    }

    @Test
    void should_lower_the_rate_from_the_head_to_the_stem_when_it_decays_by_layer() {
        Map<String, Double> rates = of(new Groups(Trained.ALL, Head.FREE, 10, .5)).stream()
                .collect(java.util.stream.Collectors.toMap(Target::name, Target::rateScale));

        // four layers: stem, block 1, block 2, and what follows with the head
        assertThat(rates.get("emb.bias")).isEqualTo(.125, within(1e-12));
        assertThat(rates.get("blocks.0.weight")).isEqualTo(.25, within(1e-12));
        assertThat(rates.get("blocks.1.bias")).isEqualTo(.5, within(1e-12));
        assertThat(rates.get("norm.bias")).isEqualTo(1, within(1e-12));
        assertThat(rates.get("head")).isEqualTo(10, within(1e-12));
    }

    @Test
    void should_refuse_what_trains_nothing_or_has_no_rate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Groups(Trained.HEAD, Head.EXCLUDED, 1, 1))
                .withMessageContaining("leave one of them out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new Groups(Trained.BIASES, Head.FREE, 1, 1), List.of("emb.weight")))
                .withMessageContaining("trained=biases finds nothing to train");
        Stream.of(0.0, 1.5, Double.NaN)
                .forEach(decay -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> new Groups(Trained.ALL, Head.FREE, 1, decay))
                        .withMessageContaining("layer-decay " + decay));
    }

    @Test
    void should_say_so_when_a_model_has_nothing_of_what_is_to_be_trained() {
        try (NDManager manager = Torch.newManager()) {
            List<Target> targets = List.of(Target.of("emb.weight", manager.create(1f)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Groups(Trained.BIASES, Head.ANCHORED, 1, 1).of(targets, Set.of()))
                    .withMessage(
                            "trained=biases finds nothing to train in this model of 1 tensors without a head; choose"
                                    + " another one of all, head, biases, adapters, lora, series, parallel, prefix");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Groups(Trained.BIASES, Head.EXCLUDED, 1, 1).of(targets, Set.of("emb.weight")))
                    .withMessageContaining("but for its head, which head=excluded leaves out; choose");
        }
    }

    @Test
    void should_tell_of_groups_only_when_they_are_not_as_usual() {
        Recipe usual = Recipe.of(1, 2, 3, Schedule.Kind.COSINE, 0);

        assertThat(usual.toMap(usual)).doesNotContainKeys("trained", "layer-decay", "finish", "floor");
        assertThat(usual.with(Map.of("trained", "biases", "layer-decay", "0.75"))
                        .toMap(usual))
                .containsEntry("trained", "biases")
                .containsEntry("layer-decay", "0.75");
        Recipe floored = usual.with(Map.of("floor", "0.5"));
        assertThat(floored.toMap(usual)).containsEntry("floor", "0.5");
        assertThat(floored.with(Map.of("floor", "0")).toMap(floored)).containsEntry("floor", "0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.with(Map.of("floor", "2")))
                .withMessageContaining("floor 2.0");
    }
}

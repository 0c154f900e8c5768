package org.spdbook.magics.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.experiment.sweep.SweepGrid;
import picocli.CommandLine;

class PeftOptionTest {

    private static PeftOption peft(String... words) {
        return CommandLine.populateCommand(new PeftOption(), words);
    }

    @ParameterizedTest
    @CsvSource({"lora, lora", "series, series", "parallel, parallel", "prefix, prefix", "bitfit, biases", "probe, head"
    })
    void should_choose_what_is_trained_when_a_kind_is_given(String kind, String trained) {
        Map<String, String> parts = new HashMap<>(Map.of("epochs", "1"));

        peft("--peft", kind).into(parts);

        assertThat(parts).isEqualTo(Map.of("epochs", "1", "trained", trained));
    }

    @Test
    void should_leave_everything_when_none_is_given() {
        Map<String, String> parts = new HashMap<>(Map.of("trained", "head"));
        peft().into(parts);

        assertThat(parts).isEqualTo(Map.of("trained", "head"));
        assertThat(peft().with(List.of("trained=head"))).containsExactly("trained=head");
    }

    @Test
    void should_combine_kinds_when_there_is_a_sweep() {
        List<String> words = peft("--peft", "lora,bitfit").with(List.of("seed=0..1"));

        assertThat(words).containsExactly("seed=0..1", "trained=lora,biases");
        assertThat(SweepGrid.parse("emoji", words).plans())
                .extracting(plan -> plan.spec().settings().get("trained"))
                .containsExactly("lora", "biases", "lora", "biases");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peft("--peft", "lora").with(List.of("trained=head")))
                .withMessage(
                        "--peft and trained say the same, got --peft lora and trained=head; leave one of them out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peft("--peft", "lora,bitfi").with(List.of()))
                .withMessageStartingWith("peft bitfi is not known; did you mean bitfit?");
    }
}

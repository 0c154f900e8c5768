package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.train.Schedule;

class StartTest {

    @Test
    void should_be_what_was_written_when_read() {
        assertThat(Start.parse("probe(12 0.01)")).isEqualTo(new Start(12, .01));
        assertThat(Start.parse(new Start(12, .01).toString())).isEqualTo(new Start(12, .01));
        assertThat(Start.parse("none")).isEqualTo(Start.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "probe",
                "probe(12)",
                "probe(0 0.01)",
                "probe(1.5 0.01)",
                "probe(2 0)",
                "probe(2 nan)",
                "none(1)",
                "head"
            })
    void should_say_what_it_takes_when_it_is_something_else(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Start.parse(text))
                .withMessageContaining("start takes none, or probe(E R)");
    }

    @Test
    void should_be_told_only_when_it_is_not_usual() {
        Recipe usual = Recipe.of(1, 1, 0, Schedule.Kind.CONSTANT, 0);

        assertThat(usual.toMap(usual)).doesNotContainKey("start");
        assertThat(usual.with(Map.of("start", "probe(3 0.1)")).toMap(usual)).containsEntry("start", "probe(3 0.1)");
    }
}

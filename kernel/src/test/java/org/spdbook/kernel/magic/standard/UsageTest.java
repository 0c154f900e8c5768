package org.spdbook.kernel.magic.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.magic.MagicException;

class UsageTest {

    private static final Usage USAGE = Usage.of("get", "%get [-n COUNT] NAME", "gets something")
            .option("-n", "COUNT", "how many")
            .option("--offline", "", "asks nobody");

    @Test
    void should_read_options_anywhere_when_words_are_given() {
        Given given = USAGE.read(List.of("a", "-n", "3", "b", "--offline", "-5", "--", "-n"));

        assertThat(given.words()).containsExactly("a", "b", "-5", "-n");
        assertThat(given.number("-n")).contains(3);
        assertThat(given.has("--offline")).isTrue();
        assertThat(USAGE.read(List.of("-n=4")).number("-n")).contains(4);
    }

    @Test
    void should_keep_the_code_as_typed_when_options_stand_before_it() {
        Given given = USAGE.readText("-n 3 --offline  f(\"a  b\") -n");

        assertThat(given.only()).isEqualTo("f(\"a  b\") -n");
        assertThat(given.number("-n")).contains(3);
        assertThat(USAGE.readText("-1 + x").only()).isEqualTo("-1 + x");
        assertThat(USAGE.readText("-- -n").only()).isEqualTo("-n");
    }

    @Test
    void should_say_what_is_wrong_when_an_option_is_unknown_or_lacks_its_value() {
        assertThatThrownBy(() -> USAGE.read(List.of("--ofline")))
                .isInstanceOf(MagicException.class)
                .hasMessage("%get does not know the option --ofline; did you mean --offline?");
        assertThatThrownBy(() -> USAGE.read(List.of("-n")))
                .isInstanceOf(MagicException.class)
                .hasMessage("the option -n of %get needs a value, COUNT");
        assertThatThrownBy(() -> USAGE.read(List.of("-n", "x")).number("-n"))
                .isInstanceOf(MagicException.class)
                .hasMessage("the option -n of %get is a number from 1 up, got x");
    }

    @Test
    void should_show_options_and_notes_when_help_is_asked_for() {
        assertThat(USAGE.notes("A note.\n").text())
                .startsWith("%get [-n COUNT] NAME")
                .contains("-n COUNT", "asks nobody")
                .endsWith("A note.");
    }
}

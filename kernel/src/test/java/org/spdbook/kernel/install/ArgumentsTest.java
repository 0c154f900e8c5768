package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static Arguments read(String... words) {
        return Arguments.read(
                "install", Set.of("--user", "--sys-prefix"), Set.of("--name", "--jvm-arg"), List.of(words));
    }

    @Test
    void should_keep_values_in_order_when_an_option_is_repeated() {
        Arguments read = read("--jvm-arg", "-Xmx4g", "--user", "--jvm-arg=-Da=b", "--name", "one");

        assertThat(read.has("--user")).isTrue();
        assertThat(read.has("--sys-prefix")).isFalse();
        assertThat(read.all("--jvm-arg")).containsExactly("-Xmx4g", "-Da=b");
        assertThat(read.value("--name")).contains("one");
    }

    @Test
    void should_ask_for_the_near_one_when_an_option_is_unknown() {
        assertThatThrownBy(() -> read("--nam", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean --name?");
        assertThatThrownBy(() -> read("--user=yes")).hasMessageContaining("install does not know --user");
    }

    @Test
    void should_say_what_is_missing_when_an_option_has_no_value() {
        assertThatThrownBy(() -> read("--name")).hasMessageContaining("--name of install needs a value");
    }

    @Test
    void should_refuse_when_options_contradict_each_other() {
        Arguments read = read("--sys-prefix", "--user");

        assertThatThrownBy(() -> read.atMostOne("--user", "--sys-prefix", "--prefix"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--user and --sys-prefix contradict each other; give one of them");
    }
}

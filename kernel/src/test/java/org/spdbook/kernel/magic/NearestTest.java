package org.spdbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void should_find_the_nearest_word_when_few_letters_differ() {
        assertThat(Nearest.of("Mavn", List.of("markdown", "maven", "lsmagic"))).contains("maven");
        assertThat(Nearest.of("lsmagik", List.of("maven", "lsmagic"))).contains("lsmagic");
    }

    @Test
    void should_find_none_when_most_letters_differ() {
        assertThat(Nearest.of("-t", List.of("-n", "-r"))).isEmpty();
        assertThat(Nearest.of("history", List.of("maven"))).isEmpty();
        assertThat(Nearest.question("x", List.of("maven"), "%")).isEmpty();
    }
}

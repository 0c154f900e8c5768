package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ValueTextTest {

    @Test
    void should_be_short_when_the_value_is_long() {
        assertThat(ValueText.of("x".repeat(10_000))).hasSizeLessThan(400).endsWith("...");
        assertThat(ValueText.of(Collections.nCopies(1_000_000, "a")))
                .hasSizeLessThan(400)
                .endsWith("(1000000 elements)");
        assertThat(ValueText.of(new int[1000])).startsWith("[0, 0, ").endsWith("(1000 elements)");
        assertThat(ValueText.of("a\nb")).isEqualTo("\"a\\nb\"");
    }

    @Test
    void should_show_all_when_the_value_is_small() {
        assertThat(ValueText.of(null)).isEqualTo("null");
        assertThat(ValueText.of(List.of(1, 2))).isEqualTo("[1, 2]");
        assertThat(ValueText.of(new String[][] {{"a"}, {}})).isEqualTo("[[a], []]");
    }

    @Test
    void should_say_so_when_the_text_fails_or_does_not_come() {
        var never = new CountDownLatch(1);
        Object slow = new Object() {
            @Override
            public String toString() {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "";
            }
        };
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };
        assertThat(ValueText.of(slow)).contains("takes long");
        assertThat(ValueText.of(broken)).contains("failed").contains("no");
    }
}

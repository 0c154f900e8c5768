package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.spdbook.train.Seeds;

class NumberTextTest {

    @Test
    void should_be_equal_when_written_and_read() {
        RandomGenerator random = new Seeds(3).stream("numbers", 0, 0);
        for (int length : List.of(0, 1, 127, 40_000)) {
            int[] numbers =
                    random.ints(length, 0, 1 << 28).map(one -> one >> one % 25).toArray();

            assertThat(NumberText.parse(NumberText.of(numbers))).isEqualTo(numbers);
        }
        int[] ends = {0, 127, 128, (1 << 14) - 1, 1 << 14, (1 << 28) - 1};
        assertThat(NumberText.parse(NumberText.of(ends))).isEqualTo(ends);
    }

    @Test
    void should_write_stored_overlaps_as_they_were_when_read() throws Exception {
        List<String> stored = Pattern.compile("iou\\d+:[^\"]+")
                .matcher(Files.readString(Path.of("../results/pascal-table4.json")))
                .results()
                .limit(60)
                .map(match -> match.group().replace("\\u003d", "="))
                .toList();

        assertThat(stored)
                .hasSize(60)
                .allSatisfy(text -> assertThat(Overlaps.parse(text).toText()).isEqualTo(text));
    }

    @Test
    void should_refuse_when_the_text_is_none() {
        String whole = NumberText.of(new int[] {1, 300, 70_000});
        byte[] bytes = Base64.getDecoder().decode(whole);
        for (String text : List.of(
                "?",
                "",
                "AAAA",
                Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes, bytes.length - 3)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> NumberText.parse(text));
        }
        assertThat(NumberText.parse(whole)).containsExactly(1, 300, 70_000);
    }
}

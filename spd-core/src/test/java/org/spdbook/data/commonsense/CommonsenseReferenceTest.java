package org.spdbook.data.commonsense;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.data.TextTokenizer;
import org.spdbook.model.generation.Prompts;

/** Against transformers 5.18, by {@code fixtures/commonsense/make.py}: texts of 255 ids, 256, more, and short ones. */
class CommonsenseReferenceTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/commonsense");

    /** What the script wrote. */
    private record Case(
            List<CommonsenseItem> items,
            long[][] ids,
            long[][] mask,
            long[][] labels,
            long[][] labelsOfOutputs,
            long[][] promptIds,
            long[][] promptMask) {}

    @Test
    void should_equal_the_batches_of_the_python_library_when_items_are_encoded() throws IOException {
        List<Case> cases = new Gson().fromJson(Files.readString(FIXTURE.resolve("batches.json")), new TypeToken<>() {});
        assertThat(cases).hasSize(2);
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE.resolve("tokenizer.json"))) {
            for (Case one : cases) {
                CommonsenseEncoding.Batch whole = new CommonsenseEncoding(tokenizer::encode, true).training(one.items);
                assertThat(whole.ids()).isDeepEqualTo(one.ids);
                assertThat(whole.mask()).isDeepEqualTo(one.mask);
                assertThat(whole.labels()).isDeepEqualTo(one.labels);
                CommonsenseEncoding outputs = new CommonsenseEncoding(tokenizer::encode, false);
                assertThat(outputs.training(one.items).labels()).isDeepEqualTo(one.labelsOfOutputs);
                Prompts prompts = Prompts.of(
                        one.items.stream()
                                .map(CommonsensePrompt.ORIGINAL::test)
                                .map(outputs::prompt)
                                .toList(),
                        CommonsenseEncoding.PAD);
                assertThat(prompts.ids()).isDeepEqualTo(one.promptIds);
                assertThat(prompts.attended()).isDeepEqualTo(one.promptMask);
            }
        }
    }
}

package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions as PaliGemmaProcessor of transformers makes ids of them; the cases are written by fixtures/paligemma/make.py. */
class PaliGemmaEncodingTest {

    private static final Path FOLDER = Path.of("src/test/resources/fixtures/paligemma-prompts");

    private record Cases(
            int imageTokens,
            long imageId,
            List<String> questions,
            List<String> answers,
            long[][] input_ids,
            long[][] attention_mask,
            long[][] token_type_ids,
            long[][] labels,
            long[][] prompts) {}

    @Test
    void should_make_the_ids_of_transformers_when_it_has_their_tokenizer() throws Exception {
        Cases cases = new Gson().fromJson(Files.readString(FOLDER.resolve("cases.json")), Cases.class);
        try (TextTokenizer tokenizer = TextTokenizer.open(FOLDER)) {
            var encoding = new PaliGemmaEncoding(tokenizer::encodePlain, cases.imageTokens, cases.imageId);

            PaliGemmaEncoding.Batch batch = encoding.training(cases.questions, cases.answers);

            assertThat(batch.ids()).isDeepEqualTo(cases.input_ids);
            assertThat(batch.mask()).isDeepEqualTo(cases.attention_mask);
            assertThat(batch.types()).isDeepEqualTo(cases.token_type_ids);
            assertThat(batch.labels()).isDeepEqualTo(cases.labels);
            for (int i = 0; i < cases.prompts.length; i++) {
                assertThat(encoding.prompt(cases.questions.get(i)))
                        .as(cases.questions.get(i))
                        .containsExactly(cases.prompts[i]);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoding.prompt("what is <image> here"))
                    .withMessageContaining("holds the token of an image");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoding.training(List.of("a", "b"), List.of("c")))
                    .withMessageContaining("got 2 and 1");
        }
    }
}

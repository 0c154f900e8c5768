package org.spdbook.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.model.Llama;
import org.spdbook.nn.PrefixTable;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Seeds;

/** Laws of generation; that the texts are those of transformers is checked by {@code ModelVerifierTest}. */
class GeneratorTest {

    private static final List<long[]> TEXTS =
            List.of(new long[] {1, 30, 7, 19, 54}, new long[] {1, 66}, new long[] {1, 9, 9, 31, 12, 44, 8});

    private final NDManager manager = Torch.newManager();
    private Llama llama;
    private GenerationConfig greedy;

    @BeforeEach
    void open() throws Exception {
        llama = Llama.open(manager, Path.of("src/test/resources/fixtures/llama-ends"));
        greedy = GenerationConfig.greedy(llama, 12).withPadding(3);
    }

    @AfterEach
    void close() {
        llama.close();
        manager.close();
    }

    private static RandomGenerator random(long seed) {
        return new Seeds(seed).stream("texts", 0, 0);
    }

    private long[][] texts(GenerationConfig config) {
        return new Generator(llama, config).generate(Prompts.of(TEXTS, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void should_write_the_same_when_a_prompt_is_alone(int beams) {
        GenerationConfig config = greedy.withBeams(beams);
        long[][] together = texts(config);

        for (int i = 0; i < together.length; i++) {
            long[] alone = new Generator(llama, config).generate(Prompts.of(List.of(TEXTS.get(i)), 3))[0];
            long[] answer = Arrays.copyOfRange(alone, TEXTS.get(i).length, alone.length);
            assertThat(Arrays.copyOfRange(together[i], 7, 7 + answer.length)).isEqualTo(answer);
        }
    }

    /** Parts one by one in place of a layer in one call. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void should_write_the_same_when_an_adapter_that_does_nothing_is_around_a_part(int beams) {
        long[][] plain = texts(greedy.withBeams(beams));
        var calls = new AtomicInteger();
        llama.parameters().modules().get("model.layers.1.mlp.up_proj").adapt((x, module) -> {
            calls.incrementAndGet();
            return module.apply(x);
        });

        assertThat(texts(greedy.withBeams(beams))).isDeepEqualTo(plain);
        assertThat(calls).hasPositiveValue();
    }

    /** Without a cache, all tokens at once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_choose_the_likeliest_token_of_the_whole_text(boolean withPrefix) {
        long[][] without = texts(greedy.withEnds(List.of()));
        if (withPrefix) {
            NDArray table = manager.arange(0, 3 * 2 * 2 * 12, 1, DataType.FLOAT32)
                    .mul(.7)
                    .sin()
                    .reshape(3, 48);
            llama.parameters().add(PrefixTable.NAME, table);
        }
        long[][] texts = texts(greedy.withEnds(List.of()));

        for (int i = 0; i < texts.length; i++) {
            long[] text = texts[i];
            long[] attended = Arrays.stream(text).map(id -> 1).toArray();
            int begin = 7;
            Arrays.fill(attended, 0, begin - TEXTS.get(i).length, 0); // a prefix stands before the filling
            long[] likeliest = Scope.compute(
                    () -> llama.logits(manager.create(new long[][] {text}), manager.create(new long[][] {attended}))
                            .argMax(2)
                            .toLongArray());
            assertThat(Arrays.copyOfRange(text, begin, text.length))
                    .isEqualTo(Arrays.copyOfRange(likeliest, begin - 1, text.length - 1));
        }
        assertThat(Arrays.deepEquals(texts, without)).isEqualTo(!withPrefix);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void should_tell_each_token_but_no_filling_when_somebody_listens(int beams) {
        List<List<Long>> told = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long[][] texts = new Generator(llama, greedy.withBeams(beams))
                .generate(
                        Prompts.of(TEXTS, 3), null, (text, id) -> told.get(text).add(id), () -> false);

        for (int i = 0; i < texts.length; i++) {
            List<Long> answer = Arrays.stream(texts[i]).skip(7).boxed().toList();
            int end = told.get(i).size();
            assertThat(told.get(i)).isNotEmpty().isEqualTo(answer.subList(0, end));
            assertThat(answer.subList(end, answer.size())).allMatch(id -> id == 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void should_return_the_texts_so_far_when_cancelled_between_tokens(int beams) {
        GenerationConfig config = greedy.withEnds(List.of()).withBeams(beams);
        var asked = new AtomicInteger();
        long[][] texts = new Generator(llama, config)
                .generate(Prompts.of(TEXTS, 3), null, (text, id) -> {}, () -> asked.incrementAndGet() > 4);

        assertThat(texts).hasDimensions(3, 7 + 4);
        if (beams == 1) {
            long[][] whole = texts(config);
            for (int i = 0; i < texts.length; i++) {
                assertThat(texts[i]).isEqualTo(Arrays.copyOf(whole[i], 11));
            }
        }
    }

    @Test
    void should_draw_the_same_texts_when_seeds_are_equal() {
        var generator = new Generator(llama, greedy.withEnds(List.of()).withSampling(new Sampling(1.5, 50, .98)));
        Prompts prompts = Prompts.of(TEXTS, 3);
        long[][] first = generator.generate(prompts, random(1));

        assertThat(generator.generate(prompts, random(1))).isDeepEqualTo(first);
        assertThat(Arrays.deepEquals(generator.generate(prompts, random(2)), first))
                .isFalse();
    }

    @Test
    void should_be_greedy_when_only_the_likeliest_token_may_be_drawn() {
        long[][] likeliest = texts(greedy);
        for (Sampling sampling : List.of(new Sampling(2, 1, 1), new Sampling(1, 0, 1e-9), new Sampling(1e-4, 0, 1))) {
            long[][] drawn =
                    new Generator(llama, greedy.withSampling(sampling)).generate(Prompts.of(TEXTS, 3), random(1));
            assertThat(drawn).isDeepEqualTo(likeliest);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void should_leave_no_array_behind_when_two_hundred_tokens_are_written(int beams) {
        int before = manager.getManagedArrays().size();
        var arrays = new ArrayList<Integer>();
        GenerationConfig config = GenerationConfig.greedy(llama, 200).withEnds(List.of());
        new Generator(llama, config.withBeams(beams)).generate(Prompts.of(TEXTS, 3), null, (t, i) -> {}, () -> {
            arrays.add(manager.getManagedArrays().size());
            return false;
        });

        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(arrays).hasSize(200);
        // keys and values of two layers
        assertThat(arrays.subList(1, 200)).containsOnly(before + 4);
    }

    @Test
    void should_say_what_is_wrong_when_prompts_are_none() {
        assertThatThrownBy(() -> Prompts.of(List.of(), 0)).hasMessageContaining("at least one prompt is needed");
        assertThatThrownBy(() -> Prompts.of(List.of(new long[] {1}, new long[0]), 0))
                .hasMessageContaining("prompt 1 ends with filling, a token is needed at its end");
        assertThatThrownBy(() -> Prompts.of(List.of(new long[0]), 0)).hasMessageContaining("prompt 0 is empty");
        assertThatThrownBy(() -> new Prompts(new long[][] {{1, 2, 3}}, new long[][] {{1, 0, 1}}))
                .hasMessageContaining("got [1, 0, 1]; fill on the left");
        assertThatThrownBy(() -> new Prompts(new long[][] {{1, 2}, {1}}, new long[][] {{1, 1}, {1}}))
                .hasMessageContaining("prompt 1 has 1 ids and a mask of 1, the first prompt has 2 ids");
        assertThatThrownBy(() -> new Prompts(new long[][] {{1, 2}}, new long[0][]))
                .hasMessageContaining("got 1 prompts and 0 masks");
    }

    @Test
    void should_say_what_is_wrong_when_settings_do_not_fit_model_or_prompts() {
        assertThatThrownBy(() -> texts(greedy.withLongest(18)))
                .hasMessage("a prompt of at most 6 tokens is possible with 12 new ones and 18 in all, got one of 7;"
                        + " shorten it, or ask for fewer new tokens");
        assertThatThrownBy(() -> new Generator(llama, greedy).generate(Prompts.of(List.of(new long[] {1, 80}), 0)))
                .hasMessageContaining("ids of prompts must be from 0 to 79, got 80");
        assertThatThrownBy(() -> new Generator(llama, greedy.withBeams(81)))
                .hasMessageContaining("got 81 beams and a vocabulary of 80");
        assertThatThrownBy(() -> new Generator(llama, greedy.withEnds(List.of(80))))
                .hasMessageContaining("must be ids below 80");
        assertThatThrownBy(() -> greedy.withBeams(2).withSampling(Sampling.plain()))
                .hasMessageContaining("got sampling and 2 beams");
        assertThatThrownBy(() -> texts(greedy.withSampling(Sampling.plain())))
                .hasMessageContaining("sampling needs random numbers, got none");
        assertThatThrownBy(() -> GenerationConfig.greedy(llama, 0)).hasMessageContaining("at least 1 new token");
    }
}

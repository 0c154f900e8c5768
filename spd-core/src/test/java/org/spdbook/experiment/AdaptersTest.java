package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.BottleneckConfig;
import org.spdbook.peft.LoraConfig;
import org.spdbook.peft.PrefixConfig;
import org.spdbook.train.Schedule;

/** Adapters as words of a recipe. */
class AdaptersTest {

    private final Recipe recipe = Recipe.of(1, 2, 0, Schedule.Kind.LINEAR, 0);
    private final World world = World.named("quiz");

    private Optional<AdapterConfig> config(Map<String, String> words) {
        return recipe.with(words).adapters(world);
    }

    @Test
    void should_have_the_words_for_what_can_be_trained() {
        assertThat(Trained.words())
                .containsExactly("all", "head", "biases", "adapters", "lora", "series", "parallel", "prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.with(Map.of("trained", "serial")))
                .withMessageStartingWith("trained serial is not known; did you mean series?");
    }

    @ParameterizedTest
    @EnumSource(
            value = Trained.class,
            names = {"ALL", "HEAD", "BIASES", "ADAPTERS"})
    void should_put_nothing_into_a_model_when_its_own_tensors_are_trained(Trained trained) {
        assertThat(config(Map.of("trained", trained.word()))).isEmpty();
    }

    @Test
    void should_be_small_and_around_what_the_world_says_when_only_a_kind_is_asked() {
        assertThat(config(Map.of("trained", "lora")).orElseThrow()).isInstanceOfSatisfying(LoraConfig.class, lora -> {
            assertThat(lora.rank()).isEqualTo(8);
            assertThat(lora.alpha()).isEqualTo(16);
            assertThat(lora.dropout()).isZero();
            assertThat(lora.targets().pattern()).isEqualTo(world.targets(Trained.LORA));
        });
        for (String word : new String[] {"series", "parallel"}) {
            assertThat(config(Map.of("trained", word)).orElseThrow())
                    .isInstanceOfSatisfying(BottleneckConfig.class, bottleneck -> {
                        assertThat(bottleneck.place().name()).isEqualToIgnoringCase(word);
                        assertThat(bottleneck.size()).isEqualTo(64);
                        assertThat(bottleneck.form()).isEqualTo(BottleneckConfig.Form.TANH);
                        assertThat(bottleneck.scale()).isEqualTo(1);
                    });
        }
        assertThat(config(Map.of("trained", "prefix"))).contains(new PrefixConfig(10));
    }

    @Test
    void should_be_as_large_as_said_when_sizes_are_asked() {
        Map<String, String> words = Map.of(
                "trained", "lora", "rank", "4", "alpha", "2.5", "adapter-dropout", "0.1", "targets", ".*\\.(q|v)_proj");
        assertThat(config(words).orElseThrow()).isInstanceOfSatisfying(LoraConfig.class, lora -> {
            assertThat(lora.rank()).isEqualTo(4);
            assertThat(lora.alpha()).isEqualTo(2.5);
            assertThat(lora.dropout()).isEqualTo(.1);
            assertThat(lora.targets().pattern()).isEqualTo(".*\\.(q|v)_proj");
        });
        assertThat(config(Map.of("trained", "series", "bottleneck", "7", "adapter-form", "relu"))
                        .orElseThrow())
                .isInstanceOfSatisfying(BottleneckConfig.class, bottleneck -> {
                    assertThat(bottleneck.size()).isEqualTo(7);
                    assertThat(bottleneck.form()).isEqualTo(BottleneckConfig.Form.RELU);
                });
        assertThat(config(Map.of("trained", "prefix", "prefix", "3"))).contains(new PrefixConfig(3));
    }

    @Test
    void should_tell_sizes_only_when_they_are_not_as_usual() {
        assertThat(recipe.toMap(recipe))
                .doesNotContainKeys(
                        "trained",
                        "rank",
                        "alpha",
                        "adapter-dropout",
                        "bottleneck",
                        "adapter-form",
                        "prefix",
                        "targets");
        Map<String, String> words = Map.of("trained", "series", "bottleneck", "7", "rank", "8");

        assertThat(recipe.with(words).toMap(recipe))
                .containsEntry("trained", "series")
                .containsEntry("bottleneck", "7")
                .doesNotContainKeys("rank", "adapter-form");
        Recipe lora = recipe.with(Map.of("trained", "lora", "rank", "4"));
        assertThat(lora.with(Map.of("trained", "all", "rank", "8")).toMap(lora)) // what the world has not as usual
                .containsEntry("trained", "all")
                .containsEntry("rank", "8");
        assertThat(lora.with(lora.toMap(lora))).isEqualTo(lora);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rank | 0 | LoRA needs a rank of at least 1, an alpha above 0 and a dropout in [0, 1), got 0, 16.0 and 0.0",
                "rank | 2.5 | rank takes a whole number, got 2.5",
                "alpha | 0 | LoRA needs a rank of at least 1, an alpha above 0",
                "alpha | NaN | LoRA needs a rank of at least 1, an alpha above 0",
                "alpha | much | alpha takes a number, got much",
                "adapter-dropout | 1 | LoRA needs a rank of at least 1, an alpha above 0 and a dropout in [0, 1), got 8, 16.0 and 1.0",
                "bottleneck | 0 | a bottleneck adapter needs a size of at least 1",
                "adapter-form | gelu | adapter-form gelu is not known; did you mean relu? choose one of tanh, relu",
                "prefix | 0 | a prefix needs at least one token, got 0",
                "targets | ( | targets is a regular expression of names of modules, such as .*(q|v)_proj, got (: ",
                "target | x | setting target is not known; did you mean targets?"
            })
    void should_say_what_is_wrong_when_a_word_cannot_be_read(String name, String value, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.with(Map.of(name, value)))
                .withMessageStartingWith(sentence);
    }

    @Test
    void should_take_the_targets_of_the_world_when_they_are_called_usual() {
        assertThat(Adapters.USUAL.targets()).isEqualTo("usual");
        assertThat(config(Map.of("trained", "lora", "targets", "usual"))
                        .map(config -> ((LoraConfig) config).targets())
                        .map(Pattern::pattern))
                .contains(".*");
    }

    @Test
    void should_take_tensors_of_adapters_alone_when_they_are_trained() {
        for (Trained trained : new Trained[] {Trained.LORA, Trained.SERIES, Trained.PARALLEL, Trained.PREFIX}) {
            assertThat(trained.takes("model.layers.0.self_attn.q_proj.weight")).isFalse();
            assertThat(trained.takes("model.layers.0.mlp.adapter_down.bias")).isTrue();
        }
        assertThat(Trained.BIASES.takes("model.layers.0.mlp.fc1.bias")).isTrue();
        assertThat(Trained.BIASES.takes("model.layers.0.mlp.fc1.weight")).isFalse();
    }
}

package org.spdbook.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment in the words of huggingface_hub, and who may see the token. */
class HubSettingsTest {

    @TempDir
    private Path home;

    private final Map<String, String> variables = new HashMap<>();

    private HubSettings settings() {
        return HubSettings.of(variables::get, home);
    }

    @Test
    void should_be_those_of_huggingface_hub_when_nothing_is_set() {
        HubSettings settings = settings();

        assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(settings.cache().root()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(settings.tokenFile()).isEqualTo(home.resolve(".cache/huggingface/token"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.offline()).isFalse();
        assertThat(settings.symlinks()).isTrue();
    }

    @Test
    void should_follow_the_nearest_variable_when_several_are_set() {
        variables.put("XDG_CACHE_HOME", home.resolve("xdg").toString());
        assertThat(settings().cache().root()).isEqualTo(home.resolve("xdg/huggingface/hub"));
        variables.put("HF_HOME", "~/hf");
        assertThat(settings().cache().root()).isEqualTo(home.resolve("hf/hub"));
        variables.put("HUGGINGFACE_HUB_CACHE", home.resolve("old").toString());
        assertThat(settings().cache().root()).isEqualTo(home.resolve("old"));
        variables.put("HF_HUB_CACHE", home.resolve("own").toString());
        assertThat(settings().cache().root()).isEqualTo(home.resolve("own"));
        assertThat(settings().tokenFile()).isEqualTo(home.resolve("hf/token"));
    }

    @ParameterizedTest
    @CsvSource({"1,true", "true,true", "Yes,true", "on,true", "0,false", "'',false", "false,false"})
    void should_be_offline_when_told_so(String value, boolean offline) {
        variables.put("HF_HUB_OFFLINE", value);
        assertThat(settings().offline()).isEqualTo(offline);
    }

    @Test
    void should_find_and_never_show_the_token_when_there_is_one() throws IOException {
        Path file = Files.writeString(home.resolve("mine"), "hf_from_file\n");
        variables.put("HF_TOKEN_PATH", file.toString());
        HubToken token = settings().token().orElseThrow();
        assertThat(token.authorization()).isEqualTo("Bearer hf_from_file");
        assertThat(token.source()).isEqualTo(file.toString());

        variables.put("HF_TOKEN", " hf_secret ");
        assertThat(settings().token().orElseThrow().authorization()).isEqualTo("Bearer hf_secret");
        assertThat(settings().toString()).doesNotContain("hf_secret").contains("token of HF_TOKEN");

        variables.put("HF_TOKEN", "hf_se\ncret");
        assertThatThrownBy(this::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HF_TOKEN needs a token in one line")
                .message()
                .doesNotContain("cret;", "hf_se");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h",
                "huggingface.co",
                "https://me:secret@h",
                "https://h?x=1",
                "https://",
                "::",
                "https://h#x"
            })
    void should_refuse_an_endpoint_when_it_is_no_address_of_a_hub(String endpoint) {
        variables.put("HF_ENDPOINT", endpoint);
        assertThatThrownBy(this::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HF_ENDPOINT needs the address of a hub")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void should_keep_the_path_of_an_endpoint_when_a_mirror_has_one() {
        variables.put("HF_ENDPOINT", "https://mirror.example/hf//");
        assertThat(new HubFile("org/model", "refs/pr/1", "a b/ü.json")
                        .url(settings().endpoint()))
                .hasToString("https://mirror.example/hf/org/model/resolve/refs%2Fpr%2F1/a%20b/%C3%BC.json");
    }

    @ParameterizedTest
    @CsvSource({
        "https://huggingface.co/x, https://huggingface.co, true",
        "https://HuggingFace.co:443/x, https://huggingface.co, true",
        "http://localhost:1/x, http://localhost:1, true",
        "http://127.0.0.1:1/x, http://localhost:1, false",
        "http://localhost:2/x, http://localhost:1, false",
        "http://huggingface.co/x, https://huggingface.co, false",
        "http://mirror.example/x, http://mirror.example, false",
        "http://127.0.0.1.example/x, http://127.0.0.1.example, false",
        "https://cdn.huggingface.co/x, https://huggingface.co, false",
        "https://huggingface.co.example/x, https://huggingface.co, false"
    })
    void should_send_the_token_when_it_is_the_endpoint_over_a_safe_way(URI target, URI endpoint, boolean sent) {
        assertThat(HubToken.of("hf_x", "HF_TOKEN").mayGoTo(target, endpoint)).isEqualTo(sent);
    }
}

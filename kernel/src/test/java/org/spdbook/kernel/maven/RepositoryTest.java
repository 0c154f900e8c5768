package org.spdbook.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {

    @Test
    void should_take_its_id_from_the_address_when_none_is_given() throws Exception {
        assertThat(Repository.at("https://repo.example.org/maven/").id()).isEqualTo("repo.example.org-maven");
        assertThat(Repository.at("file:///srv/my%20repo").id()).isEqualTo("srv-my-repo");
        assertThat(Repository.named("mine", "http://localhost:8081/x").id()).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://repo.example.org/maven",
                "ftp://repo.example.org",
                "repo.example.org",
                "https://a b",
                "http:x"
            })
    void should_refuse_an_address_when_it_is_none_that_can_be_trusted(String url) {
        assertThatThrownBy(() -> Repository.at(url))
                .isInstanceOf(MavenException.class)
                .hasMessageContaining(url);
    }
}

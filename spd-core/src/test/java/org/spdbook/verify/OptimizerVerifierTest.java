package org.spdbook.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptimizerVerifierTest {

    @Test
    void should_follow_the_authors_trajectories_when_either_execution_steps() throws Exception {
        Path folder = Path.of("src/test/resources/fixtures/adam-spd");
        var differences = Verifier.of(folder).orElseThrow().compare(folder);

        differences.forEach(System.err::println);
        assertThat(differences).hasSize(24).allMatch(Difference::ok);
    }
}

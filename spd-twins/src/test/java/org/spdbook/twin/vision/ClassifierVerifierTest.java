package org.spdbook.twin.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.spdbook.verify.Difference;
import org.spdbook.verify.Verifier;

class ClassifierVerifierTest {

    @Test
    void should_agree_with_the_reference_when_forward_backward_and_steps_run() throws Exception {
        Path folder = Path.of("src/test/resources/fixtures/emoji-vit");
        var differences = Verifier.of(folder).orElseThrow().compare(folder);

        assertThat(differences).hasSize(3 + 3 * 2 * 3).allMatch(Difference::ok, "agrees");
    }
}

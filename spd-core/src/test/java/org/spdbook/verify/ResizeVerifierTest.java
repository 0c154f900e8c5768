package org.spdbook.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

class ResizeVerifierTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/pil-resize");
    /** Made with Pillow 12.3 from random bytes. */
    private static final Path NARROW = Path.of("src/test/resources/fixtures/pil-resize-narrow");

    @TempDir
    private Path folder;

    @Test
    void should_equal_pillow_to_the_last_bit_when_a_fixture_is_resized() throws Exception {
        var differences = Verifier.of(FIXTURE).orElseThrow().compare(FIXTURE);

        assertThat(differences).hasSize(15).allMatch(Difference::ok);
        assertThat(differences).extracting(Difference::absolute).containsOnly(0.0);
    }

    @Test
    void should_equal_pillow_to_the_last_bit_when_a_picture_is_narrow_or_one_pixel() throws Exception {
        var differences = new ResizeVerifier().compare(NARROW);

        assertThat(differences).hasSize(6).allMatch(Difference::ok);
    }

    @Test
    void should_differ_when_one_value_of_the_reference_is_one_off() throws Exception {
        write("[{\"case\":0,\"filter\":\"bilinear\",\"mode\":\"L\",\"input\":[1,2],\"output\":[1,1]}]", 9, 19, 15);

        var differences = Verifier.of(folder).orElseThrow().compare(folder);

        assertThat(differences).singleElement().matches(difference -> !difference.ok());
        assertThat(differences.get(0).absolute()).isEqualTo(1);
    }

    @Test
    void should_refuse_in_a_sentence_when_a_case_and_its_tensors_disagree() throws Exception {
        write("[{\"case\":0,\"filter\":\"bilinear\",\"mode\":\"RGB\",\"input\":[1,2],\"output\":[1,1]}]", 9, 19, 14);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResizeVerifier().compare(folder))
                .withMessage("case 0 needs a RGB picture, found a L picture of 1 x 2 in in.0");

        write("[{\"case\":0,\"filter\":\"bilinear\",\"mode\":\"L\",\"input\":[2,2],\"output\":[1,1]}]", 9, 19, 14);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResizeVerifier().compare(folder))
                .withMessageContaining("case 0 needs a uint8 tensor in.0 of 2x2, found ");
    }

    @Test
    void should_refuse_in_a_sentence_when_a_case_lacks_a_part_or_the_json_is_broken() throws Exception {
        write(
                "[{\"case\":0,\"filter\":\"bilinear\",\"mode\":\"L\",\"input\":[1,2],\"output\":[1,1]},{\"case\":1}]",
                9,
                19,
                14);
        assertThatIOException()
                .isThrownBy(() -> new ResizeVerifier().compare(folder))
                .withMessageContaining("a case needs case, filter, input and output, found {\"case\":1}");

        write("[{\"case\":0,", 9, 19, 14);
        assertThatIOException()
                .isThrownBy(() -> Verifier.of(folder))
                .withMessageContaining("cases.json is not valid JSON");
    }

    private void write(String cases, int left, int right, int mean) throws Exception {
        Files.writeString(folder.resolve("cases.json"), cases);
        SafetensorsWriter.write(
                folder.resolve("io.safetensors"),
                Map.of(
                        "in.0", TensorData.of(new byte[] {(byte) left, (byte) right}, 1, 2, 1),
                        "out.0", TensorData.of(new byte[] {(byte) mean}, 1, 1, 1)),
                Map.of());
    }
}

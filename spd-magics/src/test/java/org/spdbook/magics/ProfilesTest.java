package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.data.DomainNet;
import org.spdbook.experiment.RunStore;
import org.spdbook.magics.front.Terminal;

/** The words with {@code --profile}: what they resolve, what they say of files that are not there. */
class ProfilesTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @BeforeEach
    void setPlaces() {
        System.setProperty("spd.data", folder.toString());
        System.setProperty("spd.weights", folder.toString());
    }

    @AfterEach
    void clearPlaces() {
        System.clearProperty("spd.data");
        System.clearProperty("spd.weights");
    }

    private int answer(String line) {
        var text = new PrintStream(messages, true, StandardCharsets.UTF_8);
        try (var data = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            var runs = new RunStore(folder.resolve("runs"));
            return Spd.run(new Terminal(InputStream.nullInputStream(), data, text, runs), List.of(line.split(" ")));
        }
    }

    private String said() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train domainnet --profile pilot --fraction 0.2",
                "table 1 --profile paper",
                "table 1 --profile paper --run",
                "table 2 --profile pilot",
                "sweep domainnet profile=paper lr=1e-5,2e-5"
            })
    void should_say_in_one_line_what_is_lacking_when_real_files_are_not_there(String line) {
        assertThat(answer(line)).isEqualTo(1);
        assertThat(said())
                .hasLineCount(1)
                .contains(" lacks files: DomainNet was looked for in the folder " + folder.resolve("domainnet"))
                .contains("the weights of CLIP ViT-B/16 were looked for in ");
        assertThat(out.size()).isZero();
    }

    @Test
    void should_show_all_parameters_when_nothing_of_a_real_profile_is_there() {
        assertThat(answer("params domainnet --profile pilot --classes 40 --max-steps 200"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("profile +pilot")
                .containsPattern("lr +2e-5")
                .containsPattern("batch +256")
                .containsPattern("fraction +0.1 ")
                .containsPattern("classes +40 ")
                .containsPattern("max-steps +200 ");
    }

    @Test
    void should_describe_a_twin_as_before_when_profiles_have_settings_of_their_own() {
        assertThat(answer("params domainnet --json")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"profile\":\"twin\"", "\"lr\":0.001")
                .endsWith("\"settings\":{\"batch\":\"48\",\"clip\":\"0.0\",\"epochs\":\"12\",\"head\":\"anchored\","
                        + "\"head-rate\":\"1.0\",\"schedule\":\"cosine\",\"warm-up\":\"10\"}}\n");
    }

    @Test
    void should_be_wrong_use_when_an_experiment_has_not_the_profile_or_the_setting() {
        assertThat(answer("train emoji --profile paper")).isEqualTo(2);
        assertThat(answer("train domainnet --fraction 0.5")).isEqualTo(2);
        assertThat(answer("data domainnet --check")).isEqualTo(2);
        assertThat(said().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("emoji has no profile paper, only twin"),
                        line -> assertThat(line).contains("option fraction is not known"),
                        line -> assertThat(line).contains("a part of the software, there is nothing to check"));
    }

    @Test
    void should_fail_and_name_the_file_when_a_check_misses_one() throws IOException {
        makeTree();
        assertThat(answer("data domainnet --profile paper --check")).isZero();
        Files.delete(folder.resolve("domainnet/sketch/cat/1.png"));
        assertThat(answer("data domainnet --profile paper --check")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("missing +none")
                .containsPattern("missing +1: sketch/cat/1.png");
    }

    private void makeTree() throws IOException {
        Path root = folder.resolve("domainnet");
        for (String domain : DomainNet.DOMAINS) {
            Path cats = Files.createDirectories(root.resolve(domain).resolve("cat"));
            for (int i = 0; i < 2; i++) {
                ImageIO.write(
                        new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB),
                        "png",
                        cats.resolve(i + ".png").toFile());
            }
            Files.writeString(root.resolve(domain + "_train.txt"), domain + "/cat/0.png 0\n");
            Files.writeString(root.resolve(domain + "_test.txt"), domain + "/cat/1.png 0\n");
        }
    }
}

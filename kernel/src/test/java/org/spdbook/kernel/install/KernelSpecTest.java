package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecTest {

    private final KernelSpec spec = new KernelSpec(
            Path.of("/jdk 17/bin/java"),
            Path.of("/a path/kernel.jar"),
            "/a path/lib/*",
            List.of("ai.djl", "tech.tablesaw"),
            List.of("-Xmx2g"),
            Map.of("OMP_NUM_THREADS", "1"));

    @Test
    void should_write_what_jupyter_reads_when_installed(@TempDir Path prefix) throws Exception {
        spec.install(prefix);
        Path folder = spec.install(prefix);

        assertThat(folder).isEqualTo(prefix.resolve("share/jupyter/kernels/spd-java"));
        var json = JsonParser.parseString(Files.readString(folder.resolve("kernel.json")))
                .getAsJsonObject();
        assertThat(json.getAsJsonArray("argv"))
                .extracting(element -> element.getAsString())
                .containsExactly(
                        Path.of("/jdk 17/bin/java").toString(),
                        "-Xmx2g",
                        "-cp",
                        Path.of("/a path/kernel.jar").toString(),
                        "org.spdbook.kernel.Main",
                        "--libraries",
                        "/a path/lib/*",
                        "--shared",
                        "ai.djl,tech.tablesaw",
                        "{connection_file}");
        assertThat(json.get("interrupt_mode").getAsString()).isEqualTo("message");
        assertThat(json.getAsJsonObject("env").get("OMP_NUM_THREADS").getAsString())
                .isEqualTo("1");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void should_leave_nothing_when_taken_away(@TempDir Path prefix) throws Exception {
        Path folder = spec.install(prefix);

        assertThat(KernelSpec.uninstall(prefix)).isTrue();
        assertThat(folder).doesNotExist();
        assertThat(KernelSpec.uninstall(prefix)).isFalse();
    }

    @Test
    void should_name_a_java_that_is_there_when_asked_for_the_running_one() {
        assertThat(KernelSpec.runningJava()).isExecutable();
    }
}

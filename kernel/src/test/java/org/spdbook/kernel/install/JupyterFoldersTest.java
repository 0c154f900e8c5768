package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JupyterFoldersTest {

    private static final Path HOME = Path.of("/home/ada");

    private static Surroundings on(String system, Map<String, String> variables) {
        return new Surroundings(variables, system, HOME);
    }

    @Test
    void should_be_where_the_platform_has_it_when_nothing_is_set() {
        assertThat(JupyterFolders.user(on("Linux", Map.of()))).isEqualTo(HOME.resolve(".local/share/jupyter"));
        assertThat(JupyterFolders.user(on("Mac OS X", Map.of()))).isEqualTo(HOME.resolve("Library/Jupyter"));
        assertThat(JupyterFolders.user(on("Windows 11", Map.of("APPDATA", "/roaming"))))
                .isEqualTo(Path.of("/roaming/jupyter"));
    }

    @Test
    void should_be_the_folder_of_the_variable_when_one_is_set() {
        assertThat(JupyterFolders.user(on("Linux", Map.of("XDG_DATA_HOME", "/xdg"))))
                .isEqualTo(Path.of("/xdg/jupyter"));
        assertThat(JupyterFolders.user(on("Mac OS X", Map.of("JUPYTER_DATA_DIR", "/data"))))
                .isEqualTo(Path.of("/data"));
    }

    @Test
    void should_look_in_the_order_of_jupyter_when_an_environment_is_active() {
        Surroundings here =
                on("Linux", Map.of("JUPYTER_PATH", "/one" + File.pathSeparator + "/two", "VIRTUAL_ENV", "/venv"));

        assertThat(JupyterFolders.searched(here))
                .containsExactly(
                        Path.of("/one"),
                        Path.of("/two"),
                        Path.of("/venv/share/jupyter"),
                        HOME.resolve(".local/share/jupyter"),
                        Path.of("/usr/local/share/jupyter"),
                        Path.of("/usr/share/jupyter"));
    }
}

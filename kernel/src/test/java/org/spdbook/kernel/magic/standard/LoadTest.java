package org.spdbook.kernel.magic.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.spdbook.kernel.magic.MagicException;

class LoadTest {

    @Test
    void should_cut_a_source_at_its_marks_when_it_has_some() {
        assertThat(Load.cells("a.jsh", "// %% [1]\nint a;\n\n// %% [2]\n%%sh\nls\n"))
                .containsExactly("// %% [1]\nint a;\n\n", "// %% [2]\n%%sh\nls\n");
    }

    @Test
    void should_pass_over_package_and_exit_when_a_source_is_whole() {
        assertThat(Load.cells("A.java", "package a.b;\nclass A {}")).containsExactly("\nclass A {}\n");
        assertThat(Load.cells("a.jsh", "int a;\n/exit\nint b;")).containsExactly("int a;\n");
        assertThat(Load.cells("a.jsh", "\n\n")).isEmpty();
    }

    @Test
    void should_take_the_code_cells_when_it_is_a_notebook() {
        String book = "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"int a;\\n\", \"a\"]},"
                + "{\"cell_type\": \"markdown\", \"source\": \"x\"}, {\"cell_type\": \"code\", \"source\": \"\"}]}";

        assertThat(Load.cells("a.ipynb", book)).containsExactly("int a;\na");
        assertThatThrownBy(() -> Load.cells("a.ipynb", "[1]"))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("no Jupyter notebook");
    }
}

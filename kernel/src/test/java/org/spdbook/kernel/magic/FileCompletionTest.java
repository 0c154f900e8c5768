package org.spdbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.kernel.magic.Magic.Completion;

class FileCompletionTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(folder.resolve("data/deep"));
        Files.writeString(folder.resolve("data.csv"), "");
        Files.writeString(folder.resolve("day.jar"), "");
        Files.writeString(folder.resolve(".hidden"), "");
    }

    private List<String> texts(String typed) {
        return FileCompletion.complete(folder, typed).stream()
                .map(Completion::text)
                .toList();
    }

    @Test
    void should_list_what_begins_so_when_a_name_is_typed() {
        assertThat(texts("da")).containsExactly("data.csv", "data/", "day.jar");
        assertThat(texts("data/")).containsExactly("data/deep/");
        assertThat(texts(folder + "/day")).containsExactly(folder + "/day.jar");
    }

    @Test
    void should_show_hidden_files_when_a_dot_is_typed() {
        assertThat(texts("")).doesNotContain(".hidden");
        assertThat(texts(".h")).containsExactly(".hidden");
    }

    @Test
    void should_keep_folders_when_only_some_files_are_wanted() {
        assertThat(FileCompletion.complete(folder, "da", path -> path.toString().endsWith(".jar")))
                .extracting(Completion::text)
                .containsExactly("data/", "day.jar");
    }

    @Test
    void should_give_none_when_the_folder_is_not_there() {
        assertThat(texts("nowhere/a")).isEmpty();
        assertThat(texts("\0")).isEmpty();
    }
}

package org.spdbook.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.kernel.shell.History.Entry;

class HistoryFileTest {

    private static final int MOST = 5;

    @TempDir
    private Path folder;

    private HistoryFile file() {
        return new HistoryFile(folder.resolve("state/history.jsonl"), MOST);
    }

    private History session() {
        return History.in(file());
    }

    private static void run(History history, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            history.add(i + 1, cells[i]);
        }
    }

    @Test
    void should_know_earlier_sessions_when_a_new_one_begins() {
        try (History first = session()) {
            run(first, "int a = 1;", "a\n+ \"é😀\"");
        }
        try (History second = session()) {
            assertThat(second.tail(10)).containsExactly(new Entry(1, 1, "int a = 1;"), new Entry(1, 2, "a\n+ \"é😀\""));
            assertThat(second.range(-1, 1, 2)).containsExactly(new Entry(1, 1, "int a = 1;"));
            run(second, "b");
            assertThat(second.range(0, 0, 9)).containsExactly(new Entry(2, 1, "b"));
            assertThat(second.range(-1, 0, 9)).hasSize(2);
            assertThat(second.range(1, 0, 9)).hasSize(2);
            assertThat(second.tail(1)).containsExactly(new Entry(2, 1, "b"));
        }
    }

    @Test
    void should_keep_all_cells_when_several_kernels_write() throws InterruptedException {
        int kernels = 4;
        int cells = 25;
        List<Thread> threads = new ArrayList<>();
        for (int k = 0; k < kernels; k++) {
            String name = "kernel" + k + " ";
            Thread thread = new Thread(() -> {
                try (History history = History.in(new HistoryFile(folder.resolve("h.jsonl"), 1000))) {
                    run(
                            history,
                            IntStream.range(0, cells).mapToObj(i -> name + i).toArray(String[]::new));
                    assertThat(history.tail(1)).hasSize(1); // comes after all that was added
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        try (History after = History.in(new HistoryFile(folder.resolve("h.jsonl"), 1000))) {
            List<Entry> all = after.tail(1000);
            assertThat(all).hasSize(kernels * cells).doesNotHaveDuplicates();
            assertThat(all.stream().map(Entry::session).distinct()).hasSize(kernels);
        }
    }

    @Test
    void should_skip_a_line_when_it_cannot_be_read() throws IOException {
        Path path = folder.resolve("h.jsonl");
        Files.writeString(
                path,
                "{\"session\":3,\"count\":1,\"source\":\"a\"}\nbroken\n[]\n{\"session\":4}\n{\"session\":3,\"cou");
        try (History history = History.in(new HistoryFile(path, MOST))) {
            run(history, "b");
            assertThat(history.tail(10)).containsExactly(new Entry(3, 1, "a"), new Entry(4, 1, "b"));
        }
        assertThat(Files.readAllLines(path)).hasSize(6).contains("broken");
    }

    @Test
    void should_drop_the_oldest_when_there_are_too_many_at_a_start() throws IOException {
        try (History first = session()) {
            run(first, "1", "2", "3", "4", "5", "6", "7");
        }
        try (History second = session()) {
            assertThat(second.tail(10)).extracting(Entry::source).containsExactly("3", "4", "5", "6", "7");
        }
        assertThat(Files.readAllLines(file().path())).hasSize(MOST);
    }

    @Test
    void should_belong_to_its_owner_alone_when_the_file_is_made() throws IOException {
        try (History history = session()) {
            run(history, "a");
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void should_stay_in_memory_when_the_file_cannot_be_made() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "");
        try (History history = History.in(new HistoryFile(blocked.resolve("h.jsonl"), MOST))) {
            run(history, "a", "b");
            assertThat(history.tail(10)).containsExactly(new Entry(1, 1, "a"), new Entry(1, 2, "b"));
        }
    }

    @Test
    void should_count_equal_cells_once_when_unique_ones_are_searched() {
        try (History history = session()) {
            run(history, "a", "b", "a");
            assertThat(history.search("*", 9, true)).containsExactly(new Entry(1, 2, "b"), new Entry(1, 3, "a"));
            assertThat(history.search("a", 1, false)).containsExactly(new Entry(1, 3, "a"));
        }
    }

    @Test
    void should_follow_the_system_when_the_place_is_chosen() {
        assertThat(HistoryPlace.of(Map.of(), "Linux", "/home/a"))
                .hasValue(Path.of("/home/a/.local/state/spd-kernel/history.jsonl"));
        assertThat(HistoryPlace.of(Map.of("XDG_STATE_HOME", "/state"), "Linux", "/home/a"))
                .hasValue(Path.of("/state/spd-kernel/history.jsonl"));
        assertThat(HistoryPlace.of(Map.of("XDG_STATE_HOME", "relative"), "Linux", "/home/a"))
                .hasValue(Path.of("/home/a/.local/state/spd-kernel/history.jsonl"));
        assertThat(HistoryPlace.of(Map.of(), "Mac OS X", "/Users/a"))
                .hasValue(Path.of("/Users/a/Library/Application Support/spd-kernel/history.jsonl"));
        assertThat(HistoryPlace.of(Map.of("LOCALAPPDATA", "/local"), "Windows 11", "/a"))
                .hasValue(Path.of("/local/spd-kernel/history.jsonl"));
        assertThat(HistoryPlace.of(Map.of("SPD_KERNEL_HISTORY", ""), "Linux", "/home/a"))
                .isEqualTo(Optional.empty());
        assertThat(HistoryPlace.of(Map.of("SPD_KERNEL_HISTORY", "/x/h"), "Linux", "/home/a"))
                .hasValue(Path.of("/x/h"));
    }
}

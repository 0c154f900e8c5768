package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNetTest {

    @TempDir
    private Path root;

    private MadeTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = MadeTree.in(root);
    }

    @Test
    void should_have_classes_lists_and_pictures_when_all_is_there() throws IOException {
        DomainNet data = DomainNet.in(root);

        assertThat(data.classes()).isEqualTo(MadeTree.CLASSES);
        assertThat(data.sizes()).hasSize(12).containsEntry("real_train", 30).containsEntry("sketch_test", 6);
        assertThat(data.release()).isEmpty();
        LabelledFile first = data.test("clipart").get(0);
        assertThat(first).isEqualTo(new LabelledFile("clipart/aircraft_carrier/clipart_000_000010.jpg", 0));
        assertThat(data.picture(first)).isEqualTo(Fixture.pixels("pillow.safetensors", "jpeg-420.jpg"));
        DomainNetCheck check = DomainNetCheck.of(data, done -> {});
        assertThat(check).isEqualTo(new DomainNetCheck(216, List.of(), Map.of(), List.of()));
        assertThat(check.isComplete()).isTrue();
    }

    @Test
    void should_read_the_lists_when_they_lie_beside_the_folders_of_the_domains(@TempDir Path other) throws IOException {
        MadeTree.in(other, other);

        assertThat(DomainNet.in(other).sizes()).isEqualTo(DomainNet.in(root).sizes());
    }

    @Test
    void should_hold_out_a_tenth_when_it_is_split() throws IOException {
        DomainNet data = DomainNet.in(root);
        List<LabelledFile> training = data.training("real", 1);
        List<LabelledFile> validation = data.validation("real", 1);

        assertThat(training).hasSize(27).doesNotContainAnyElementsOf(validation);
        assertThat(validation).hasSize(3);
        assertThat(DomainNet.in(root).validation("real", 1)).isEqualTo(validation);
        assertThat(data.validation("real", 2)).isNotEqualTo(validation);
        assertThat(data.test("real")).hasSize(6).doesNotContainAnyElementsOf(training);
    }

    @Test
    void should_keep_some_classes_and_a_share_of_each_list_when_a_part_is_asked_for() throws IOException {
        DomainNet data = DomainNet.in(root);
        DomainNet part = data.part(2, 0.25);

        assertThat(part.classes()).containsExactly("aircraft_carrier", "airplane");
        assertThat(part.test("real")).hasSize(1).allMatch(file -> file.label() < 2);
        assertThat(part.training("real", 0)).hasSize(5).allMatch(file -> file.label() < 2);
        assertThat(part.sizes()).isEqualTo(data.sizes());
        assertThat(data.part(3, 1).training("sketch", 4)).isEqualTo(data.training("sketch", 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data.part(4, 1))
                .withMessageContaining("1..3 classes")
                .withMessageContaining("got classes 4");
        assertThatIllegalArgumentException().isThrownBy(() -> data.part(1, 0)).withMessageContaining("fraction 0.0");
    }

    @Test
    void should_name_missing_broken_and_repeated_files_when_it_is_checked() throws IOException {
        tree.add("real_train", "real/airplane/gone.jpg 1\n");
        tree.add("real_train", "real/airplane/cut.jpg 1\n");
        tree.add("real_test", "real/airplane/text.jpg 1\nreal/airplane/cut.jpg 1\n");
        byte[] file = Files.readAllBytes(Fixture.path("jpeg-444.jpg"));
        Files.write(root.resolve("real/airplane/cut.jpg"), Arrays.copyOf(file, file.length / 2));
        Files.writeString(root.resolve("real/airplane/text.jpg"), "not found");
        List<Integer> progress = java.util.Collections.synchronizedList(new ArrayList<>());

        DomainNetCheck check = DomainNetCheck.of(DomainNet.in(root), progress::add);

        assertThat(check.files()).isEqualTo(219);
        assertThat(check.missing()).containsExactly("real/airplane/gone.jpg");
        assertThat(check.broken())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "real/airplane/cut.jpg",
                        "ends early",
                        "real/airplane/text.jpg",
                        "is no picture, it begins with 6e 6f 74 20 66 6f 75 6e"));
        assertThat(check.repeated()).containsExactly("real/airplane/cut.jpg");
        assertThat(check.isComplete()).isFalse();
        assertThat(progress).hasSize(219).contains(219); // each file once, the one listed twice too
    }

    @Test
    void should_take_lines_when_they_end_as_on_windows() throws IOException {
        DomainNet before = DomainNet.in(root);
        Path list = root.resolve("splits/quickdraw_train.txt");
        Files.writeString(list, Files.readString(list).replace("\n", "\r\n") + "\r\n");

        assertThat(DomainNet.in(root).training("quickdraw", 0)).isEqualTo(before.training("quickdraw", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "real/airplane/a.jpg",
                "real/airplane/a.jpg one",
                "real/airplane/a.jpg -1",
                "sketch/airplane/a.jpg 1",
                "real/a.jpg 1",
                "real/../a.jpg 1",
                "/etc/x/a.jpg 1"
            })
    void should_name_the_line_when_it_is_wrong(String line) throws IOException {
        tree.add("real_train", line + "\n");

        assertThatIOException()
                .isThrownBy(() -> DomainNet.in(root))
                .withMessageContaining("line 31 of ")
                .withMessageContaining("real_train.txt should be \"real/class/file label\", it is \"" + line);
    }

    @Test
    void should_say_where_when_labels_and_classes_do_not_go_together() throws IOException {
        tree.add("sketch_test", "sketch/airplane/a.jpg 2\n");
        assertThatIOException()
                .isThrownBy(() -> DomainNet.in(root))
                .withMessageContaining("line 7 of ")
                .withMessageContaining("gives label 2 to class airplane, but lines before gave it to alarm_clock");
    }

    @Test
    void should_say_where_when_a_class_has_a_second_label_or_none() throws IOException {
        tree.add("sketch_test", "sketch/zebra/a.jpg 7\n");
        assertThatIOException()
                .isThrownBy(() -> DomainNet.in(root))
                .withMessageContaining("4 classes, but none with label 3");
        tree.add("sketch_test", "sketch/airplane/a.jpg 8\n");
        assertThatIOException()
                .isThrownBy(() -> DomainNet.in(root))
                .withMessageContaining("gives class airplane the label 8, but lines before gave it 1");
    }

    @Test
    void should_name_what_is_missing_when_lists_or_the_folder_are_not_there() throws IOException {
        Files.delete(root.resolve("splits/real_test.txt"));
        Files.delete(root.resolve("splits/clipart_train.txt"));

        assertThatIOException()
                .isThrownBy(() -> DomainNet.in(root))
                .withMessageContaining("lack 2 of 12: clipart_train.txt, real_test.txt");
        assertThatIOException()
                .isThrownBy(() -> DomainNet.in(root.resolve("nowhere")))
                .withMessageContaining("nowhere, which is not there");
    }

    @Test
    void should_refuse_when_a_list_is_no_text() throws IOException {
        Files.write(root.resolve("splits/real_test.txt"), new byte[] {(byte) 0xC3, 0x28});

        assertThatIOException().isThrownBy(() -> DomainNet.in(root)).withMessageContaining("no text in UTF-8");
    }

    @Test
    void should_say_which_file_when_a_picture_is_missing() throws IOException {
        DomainNet data = DomainNet.in(root);

        assertThatIOException()
                .isThrownBy(() -> data.picture(new LabelledFile("real/airplane/gone.jpg", 1)))
                .withMessageContaining("real/airplane/gone.jpg is in the lists but not in " + root);
    }

    @ParameterizedTest
    @EnumSource
    void should_tell_the_release_when_the_lists_have_its_lengths(DomainNetRelease release, @TempDir Path lists)
            throws IOException {
        Map<String, Integer> sizes = new HashMap<>(release.sizes());
        sizes.putIfAbsent("clipart_train", 34_000);
        sizes.putIfAbsent("painting_train", 53_000);
        MadeTree.lists(lists, sizes);
        assertThat(DomainNet.in(lists).release()).contains(release);

        Files.writeString(lists.resolve("sketch_test.txt"), "sketch/cat/0.jpg 0\n", StandardCharsets.UTF_8);
        DomainNet changed = DomainNet.in(lists);
        assertThat(changed.release()).isEmpty();
        assertThat(release.differing(changed.sizes())).containsExactly("sketch_test");
    }

    @Test
    void should_have_the_published_sums_when_a_release_is_added_up() {
        assertThat(sum(DomainNetRelease.CLEANED, "")).isEqualTo(586_575);
        assertThat(sum(DomainNetRelease.CLEANED, "_test")).isEqualTo(176_743);
        assertThat(sum(DomainNetRelease.ORIGINAL, "_test")).isEqualTo(179_605);
    }

    private static int sum(DomainNetRelease release, String end) {
        return release.sizes().entrySet().stream()
                .filter(list -> list.getKey().endsWith(end))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}

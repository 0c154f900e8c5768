package org.spdbook.experiment.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.data.Fixture;
import org.spdbook.data.ImageFile;
import org.spdbook.data.Pixels;
import org.spdbook.data.Resampling;
import org.spdbook.data.Resize;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.PackProgress;
import org.spdbook.train.Cancel;

class PhotoPackTest {

    private static final List<String> PICTURES = List.of("a/1.JPEG", "a/2.png", "b/3.JPEG", "b/4.JPEG", "b/5.JPEG");
    private static final List<String> OTHERS = List.of("names.txt", "not-there.txt", "empty");

    @TempDir
    private Path folder;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final PackProgress progress = new PackProgress() {
        @Override
        public void begin(int there, int all, long needed, long free) {
            told.add(there + " of " + all);
        }

        @Override
        public void packed(int done, int all) {
            told.add("packed");
        }
    };

    private Path source;
    private Path target;

    @BeforeEach
    void makeOriginals() throws IOException {
        source = folder.resolve("originals");
        target = folder.resolve("copies");
        Files.createDirectories(source.resolve("a"));
        Files.createDirectories(source.resolve("b"));
        Files.createDirectories(source.resolve("empty"));
        Files.copy(Fixture.path("jpeg-420.jpg"), source.resolve("a/1.JPEG"));
        Files.copy(Fixture.path("png-rgb.png"), source.resolve("a/2.png"));
        Files.copy(Fixture.path("jpeg-cmyk.jpg"), source.resolve("b/3.JPEG"));
        Files.copy(Fixture.path("png-palette.png"), source.resolve("b/4.JPEG")); // what it is, not what it is called
        Files.writeString(source.resolve("b/5.JPEG"), "<html>");
        Files.writeString(source.resolve("names.txt"), "a cat\n");
    }

    private DataCheck pack(int shortSide, Cancel cancel) throws IOException {
        return new PhotoPack(source, target, shortSide, "sum").write(PICTURES, OTHERS, progress, cancel);
    }

    private static int shortSide(Path file) throws IOException {
        Pixels picture = ImageFile.rgb(file);
        return Math.min(picture.height(), picture.width());
    }

    @Test
    void should_write_smaller_copies_in_the_same_layout_and_leave_out_what_cannot_be_used() throws IOException {
        DataCheck done = pack(20, new Cancel());

        assertThat(done.complete()).isTrue();
        for (String picture : PICTURES.subList(0, 4)) {
            assertThat(shortSide(target.resolve(picture))).isEqualTo(20);
        }
        Pixels small = ImageFile.rgb(source.resolve("a/2.png"));
        assertThat(ImageFile.rgb(target.resolve("a/2.png")))
                .isEqualTo(Resize.toShortSide(20, small, Resampling.BICUBIC).apply(small));
        assertThat(target.resolve("names.txt")).hasContent("a cat");
        assertThat(target.resolve("empty")).isEmptyDirectory();
        assertThat(target.resolve("b/5.JPEG")).doesNotExist();
        assertThat(done.facts().get("cannot be used"))
                .startsWith("1, left out: ")
                .contains("b/5.JPEG cannot be used");
        assertThat(target.resolve(PhotoPack.LEFT_OUT)).content().contains("it is no picture");
        assertThat(PackMarker.in(target)).hasValue(new PackMarker(20, 95, "sum", 4, 1, true));
        assertThat(PackMarker.in(target).orElseThrow().words())
                .contains("differ from the originals", "left out, as they cannot be used: 1");
        assertThat(told).hasSize(6).startsWith("0 of 5");
        try (var files = Files.walk(target)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(7); // nothing half-written
        }
    }

    @Test
    void should_copy_the_bytes_when_a_picture_is_small_already() throws IOException {
        pack(5000, new Cancel());

        for (String picture : PICTURES.subList(0, 4)) {
            assertThat(target.resolve(picture)).hasSameBinaryContentAs(source.resolve(picture));
        }
    }

    @Test
    void should_go_on_where_it_was_stopped_and_mend_what_is_not_whole() throws IOException {
        var cancel = new Cancel();
        cancel.ask();
        DataCheck stopped = pack(20, cancel);
        assertThat(stopped.complete()).isFalse();
        assertThat(stopped.facts()).containsEntry("next", "interrupted; the same command goes on where it stopped");
        assertThat(PackMarker.in(target).orElseThrow().complete()).isFalse();

        pack(20, new Cancel());
        FileTime old = FileTime.fromMillis(0);
        Files.setLastModifiedTime(target.resolve("a/1.JPEG"), old);
        Files.write(target.resolve("b/3.JPEG"), new byte[100]);
        Files.writeString(source.resolve("b/5.JPEG"), "still no picture");
        told.clear();
        DataCheck again = pack(20, new Cancel());

        assertThat(told).startsWith("3 of 5").hasSize(3);
        assertThat(again.facts().get("copies")).isEqualTo("4 of 5, 3 of them there before");
        assertThat(Files.getLastModifiedTime(target.resolve("a/1.JPEG"))).isEqualTo(old);
        assertThat(shortSide(target.resolve("b/3.JPEG"))).isEqualTo(20);
    }

    @Test
    void should_refuse_folders_that_hold_something_else() throws IOException {
        pack(20, new Cancel());

        assertThatIOException()
                .isThrownBy(() -> pack(24, new Cancel()))
                .withMessageContaining("with a short side of 20, not 24; name another folder");
        assertThatIOException()
                .isThrownBy(() ->
                        new PhotoPack(source, target, 20, "other").write(PICTURES, OTHERS, progress, new Cancel()))
                .withMessageContaining("copies of other pictures");
        assertThatIOException()
                .isThrownBy(
                        () -> new PhotoPack(source, source, 20, "sum").write(PICTURES, OTHERS, progress, new Cancel()))
                .withMessageContaining("over the originals");
        assertThatIOException()
                .isThrownBy(() -> new PhotoPack(target, folder.resolve("c"), 20, "sum")
                        .write(PICTURES, OTHERS, progress, new Cancel()))
                .withMessageContaining("are copies themselves");
        assertThatIOException()
                .isThrownBy(
                        () -> new PhotoPack(source, folder, 20, "sum").write(PICTURES, OTHERS, progress, new Cancel()))
                .withMessageContaining("is not empty and has no packed.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pack(2, new Cancel()))
                .withMessageContaining("at least 16 pixels, got 2");
    }

    @Test
    void should_say_what_is_needed_before_it_writes_when_the_disk_is_too_small() {
        assertThatIOException()
                .isThrownBy(() -> new PhotoPack(source, target, 20, "sum", disk -> 5000)
                        .write(PICTURES, OTHERS, progress, new Cancel()))
                .withMessageContaining("5 copies need about 0.0 GB")
                .withMessageContaining("name a folder on a larger one");
        assertThat(target.resolve("a/1.JPEG")).doesNotExist();
    }

    @Test
    void should_say_what_is_wrong_when_a_marker_is_broken() throws IOException {
        Files.writeString(source.resolve(PackMarker.FILE), "{\"short-side\": 256}");

        assertThatIOException()
                .isThrownBy(() -> pack(20, new Cancel()))
                .withMessageContaining("does not say how the pictures were packed");
    }
}

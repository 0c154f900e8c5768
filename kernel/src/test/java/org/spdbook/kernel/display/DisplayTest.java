package org.spdbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisplayTest {

    record Point(int x, List<String> names) {}

    private final FakeCell cell = new FakeCell();

    @BeforeEach
    void begin() {
        CurrentCell.begin(cell);
    }

    @Test
    void should_show_only_what_was_asked_for_when_types_are_given() {
        Display.show(Display.html("<b>a</b>").with("text/markdown", "**a**"), "text/markdown");
        Display.show(null);

        assertThat(cell.shown.get(0).data()).isEqualTo(Map.of("text/plain", "a", "text/markdown", "**a**"));
        assertThat(cell.shown.get(1).plain()).isEqualTo("null");
    }

    @Test
    void should_go_to_the_cell_that_started_the_thread() throws Exception {
        Thread old = new Thread(() -> Display.show("from the thread"));
        var next = new FakeCell();
        CurrentCell.begin(next);
        old.start();
        old.join();

        assertThat(cell.shown).singleElement().extracting(DisplayBundle::plain).isEqualTo("from the thread");
        assertThat(next.shown).isEmpty();
    }

    @Test
    void should_know_the_format_when_bytes_begin_as_its_files_do() throws Exception {
        var png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        DisplayBundle bundle = Display.image(png.toByteArray()).sized(20, 10);

        assertThat(bundle.data())
                .containsEntry("text/plain", "A picture (PNG, " + png.size() + " bytes).")
                .containsEntry("image/png", Base64.getEncoder().encodeToString(png.toByteArray()));
        assertThat(bundle.metadata()).isEqualTo(Map.of("image/png", Map.of("width", 20, "height", 10)));
        assertThat(PictureFile.type("GIF89a".getBytes(StandardCharsets.US_ASCII)))
                .contains("image/gif");
        assertThat(PictureFile.type("RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII)))
                .contains("image/webp");
        assertThat(PictureFile.type(new byte[] {-1, -40, -1, -32})).contains("image/jpeg");
        assertThat(Display.image("<?xml?><svg/>".getBytes(StandardCharsets.UTF_8))
                        .data())
                .containsEntry("image/svg+xml", "<?xml?><svg/>");
        assertThatThrownBy(() -> Display.image(new byte[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins with the bytes 01 02");
    }

    @Test
    void should_read_the_picture_when_a_path_or_address_is_given(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.svg"), "<svg></svg>");

        assertThat(Display.image(file.toString()).data()).containsEntry("image/svg+xml", "<svg></svg>");
        assertThat(Display.image(file.toUri().toString()).data()).containsEntry("image/svg+xml", "<svg></svg>");
        assertThatThrownBy(() -> Display.image("no-such.png"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no-such.png");
    }

    @Test
    void should_be_a_tree_when_json_is_shown() {
        assertThat(Display.json(List.of(new Point(1, List.of("a")), new double[] {Double.NaN}))
                        .data())
                .containsEntry("application/json", List.of(Map.of("x", 1, "names", List.of("a")), List.of("NaN")));
        assertThat(Display.json("{\"a\": [1, 2.5, null]}").plain())
                .isEqualTo("{\n  \"a\": [\n    1,\n    2.5,\n    null\n  ]\n}");
        assertThatThrownBy(() -> Display.json("{a")).hasMessageStartingWith("the text is no JSON: ");
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertThatThrownBy(() -> Display.json(self)).hasMessageContaining("perhaps it holds itself");
    }

    @Test
    void should_have_the_names_as_header_when_rows_are_of_any_kind() {
        assertThat(Display.table(List.of(Map.of("a", 1), Map.of("b", 2))).plain())
                .isEqualTo("""
                        a  b
                        -  -
                        1
                           2""");
        assertThat(Display.table(new Object[] {new int[] {1, 2}, List.of(3)}).plain())
                .isEqualTo("""
                        0  1
                        -  -
                        1  2
                        3""");
        assertThat(Display.table(Stream.iterate(1, n -> n + 1)).plain()).endsWith("   50\nThe first 50 rows shown.");
        assertThat(Display.table(List.of()).plain()).isEqualTo("A table without rows.");
    }

    @Test
    void should_note_what_fails_when_a_cell_of_a_table_does() {
        Object failing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no words");
            }
        };

        assertThat(Display.table(List.of(1, failing)).plain())
                .startsWith("value\n-----")
                .contains("-\n1\n");
        assertThat(cell.notes).singleElement().asString().contains("no words");
    }

    @Test
    void should_empty_the_outputs_when_told_to_clear() {
        Display.clear();
        Display.clear(true);

        assertThat(cell.cleared).containsExactly(false, true);
    }

    @Test
    void should_be_something_that_can_be_sent_when_a_bundle_holds_any_value() {
        assertThat(DisplayBundle.text("t")
                        .with("application/json", Map.of("at", Path.of("a"), "nan", Float.NaN))
                        .with("image/png", new byte[] {1})
                        .data())
                .isEqualTo(Map.of(
                        "text/plain", "t", "application/json", Map.of("at", "a", "nan", "NaN"), "image/png", "AQ=="));
    }

    @Test
    void should_be_a_formula_when_latex_has_no_signs_of_one() {
        assertThat(Display.latex("x^2").data()).containsEntry("text/latex", "$$x^2$$");
        assertThat(Display.latex("let $x$").data()).containsEntry("text/latex", "let $x$");
    }

    @Test
    void should_read_as_text_when_html_cannot_be_shown() {
        assertThat(Display.html("<style>p{}</style><p>a &amp;lt; b</p>\n<p>c</p>")
                        .plain())
                .isEqualTo("a &lt; b c");
    }
}

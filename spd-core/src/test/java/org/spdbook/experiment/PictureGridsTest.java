package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.PictureGrid.Line;
import org.spdbook.chart.PictureGrid.Mark;
import org.spdbook.data.Pixels;

class PictureGridsTest {

    private static final List<Pixels> PICTURES = IntStream.range(0, 4)
            .mapToObj(i -> new Pixels(1, 1, Pixels.RGB, new byte[] {(byte) i, 0, 0}))
            .toList();
    private final TestPictures set = new TestPictures(
            "s", List.of("cat", "dog"), PICTURES, new long[] {0, 0, 1, 1}, List.of(new long[] {0, 1, 1, 1}, new long[] {
                0, 0, 0, 1
            }));
    private final List<String> labels = List.of("one", "two");

    @Test
    void should_mark_what_runs_take_pictures_for_when_there_are_two() {
        PictureGrid grid = PictureGrids.predictions(set, labels, 4, false);

        assertThat(grid.pictures()).hasSize(4);
        assertThat(grid.pictures().get(1).lines())
                .containsExactly(Line.of("cat"), new Line("A: dog", Mark.WRONG), new Line("B: cat", Mark.RIGHT));
        assertThat(grid.message())
                .isEqualTo("4 of the 4 pictures of s: one is right on 3 of them and on 75.0 % of all,"
                        + " two is right on 3 of them and on 75.0 % of all.");
        assertThat(grid.note()).contains("A: one. B: two.");
        assertThat(grid.toText()).contains("cat  A: dog (wrong)  B: cat (right)");
    }

    @Test
    void should_show_mistakes_alone_when_asked() {
        PictureGrid grid = PictureGrids.predictions(set, labels, 4, true);

        assertThat(grid.pictures())
                .extracting(PictureGrid.Picture::pixels)
                .containsExactly(PICTURES.get(1), PICTURES.get(2));
    }

    @Test
    void should_space_pictures_evenly_when_fewer_are_wanted() {
        assertThat(PictureGrids.predictions(set, labels, 2, false).pictures())
                .extracting(PictureGrid.Picture::pixels)
                .containsExactly(PICTURES.get(0), PICTURES.get(2));
    }

    @Test
    void should_show_the_first_picture_of_each_class_when_data_are_shown() {
        assertThat(PictureGrids.classes("w", set).pictures())
                .extracting(PictureGrid.Picture::pixels)
                .containsExactly(PICTURES.get(0), PICTURES.get(2));
        assertThat(PictureGrids.domains("w", List.of(set, set)).pictures()).hasSize(8);
    }

    @Test
    void should_say_in_a_sentence_what_is_wrong_when_there_is_nothing_to_show() {
        var perfect = new TestPictures("s", set.classes(), PICTURES, set.labels(), List.of(set.labels()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureGrids.predictions(perfect, List.of("one"), 4, true))
                .withMessageContaining("leave --wrong out");
        for (int count : new int[] {0, -1, 25}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PictureGrids.predictions(set, labels, count, false))
                    .withMessage("--count must be 1 to 24, got " + count);
        }
    }
}

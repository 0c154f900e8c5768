package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JpegTest {

    /** Rows of saturated colours, one pixel high: halved colours would mix them. */
    private static final Pixels STRIPES = stripes();

    private static Pixels stripes() {
        byte[] values = new byte[32 * 32 * 3];
        for (int i = 0; i < values.length; i++) {
            int y = i / 3 / 32;
            values[i] = (byte) (i % 3 == y % 3 ? 200 : 60);
        }
        return new Pixels(32, 32, 3, values);
    }

    private static double difference(Pixels a, Pixels b) {
        return IntStream.range(0, a.values().length)
                .map(i -> Math.abs((a.values()[i] & 0xFF) - (b.values()[i] & 0xFF)))
                .average()
                .orElseThrow();
    }

    @Test
    void should_keep_colours_at_the_full_size_when_a_picture_is_written() throws IOException {
        Pixels read = ImageFile.rgb(Jpeg.of(STRIPES, 95));

        assertThat(read.height()).isEqualTo(32);
        assertThat(difference(read, STRIPES)).isLessThan(3); // halved ones differ by 40
    }

    @Test
    void should_take_fewer_bytes_and_differ_more_when_quality_is_lower() throws IOException {
        byte[] good = Jpeg.of(STRIPES, 95);
        byte[] poor = Jpeg.of(STRIPES, 30);

        assertThat(poor).hasSizeLessThan(good.length);
        assertThat(difference(ImageFile.rgb(poor), STRIPES)).isGreaterThan(difference(ImageFile.rgb(good), STRIPES));
    }

    @Test
    void should_refuse_when_quality_or_channels_are_wrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jpeg.of(STRIPES, 0))
                .withMessageContaining("quality of 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jpeg.of(new Pixels(1, 1, Pixels.L, new byte[1]), 95))
                .withMessageContaining("L picture of 1 x 1");
    }
}

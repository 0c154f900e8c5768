package org.spdbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRendererTest {

    private final Renderers renderers = new Renderers(Renderers.class.getClassLoader());

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_BINARY
            })
    void should_show_the_same_pixels_and_say_the_size_when_a_picture_is_the_value(int type) throws Exception {
        var image = new BufferedImage(3, 2, type);
        image.setRGB(2, 1, 0xFFFFFFFF);
        DisplayBundle bundle = renderers.bundle(image);
        byte[] png = Base64.getDecoder().decode((String) bundle.data().get("image/png"));
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(bundle.plain()).isEqualTo("A picture of 3 x 2 pixels (width x height).");
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                assertThat(read.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
            }
        }
    }

    @Test
    void should_leave_other_values_to_others_when_they_are_no_pictures() {
        assertThat(renderers.bundle("text").data()).containsOnlyKeys("text/plain");
    }
}

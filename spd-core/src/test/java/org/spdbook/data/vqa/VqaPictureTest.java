package org.spdbook.data.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.data.Fixture;
import org.spdbook.weights.Safetensors;

/** Against the image processor of transformers 5.18 on Pillow 12.3, by make.py. */
class VqaPictureTest {

    private static float[] expected(String tensor) throws IOException, URISyntaxException {
        Path file = Path.of(
                Objects.requireNonNull(VqaPictureTest.class.getResource("/fixtures/vqa-pictures/siglip.safetensors"))
                        .toURI());
        try (Safetensors tensors = Safetensors.open(file)) {
            ByteBuffer buffer = tensors.buffer(tensor).order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[buffer.remaining() / Float.BYTES];
            buffer.asFloatBuffer().get(values);
            return values;
        }
    }

    /** No tolerance: bytes are those of Pillow, and a value is one of 256 floats. */
    @ParameterizedTest
    @CsvSource({
        "jpeg-420.jpg, 14", "jpeg-420.jpg, 48",
        "jpeg-grey.jpg, 14", "jpeg-grey.jpg, 48",
        "jpeg-turned.jpg, 14", "jpeg-turned.jpg, 48",
        "png-rgb.png, 14", "png-rgb.png, 48",
        "png-rgba.png, 14", "png-rgba.png, 48",
        "png-grey.png, 14", "png-grey.png, 48",
        "png-grey-alpha.png, 14", "png-grey-alpha.png, 48",
        "png-palette.png, 14", "png-palette.png, 48",
        "png-palette-clear.png, 14", "png-palette-clear.png, 48"
    })
    void should_equal_the_processor_of_siglip_when_a_file_is_read(String name, int size) throws Exception {
        float[] values = new VqaPicture(size).of(Fixture.path(name));

        assertThat(values).isEqualTo(expected(name + "." + size));
        assertThat(values).hasSize(3 * size * size);
        for (float value : values) {
            assertThat(value).isBetween(-1f, 1f);
        }
    }

    @Test
    void should_name_the_file_when_it_is_no_picture(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "<html>");

        assertThatIOException()
                .isThrownBy(() -> new VqaPicture(14).of(text))
                .withMessageContaining("text.jpg cannot be used: it is no picture");
    }

    @Test
    void should_refuse_when_the_size_is_not_positive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VqaPicture(0))
                .withMessage("a picture for PaliGemma needs a size >= 1, got 0; choose 224");
    }
}

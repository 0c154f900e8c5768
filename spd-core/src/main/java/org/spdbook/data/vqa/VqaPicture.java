package org.spdbook.data.vqa;

import java.io.IOException;
import java.nio.file.Path;
import org.spdbook.data.ImageFile;
import org.spdbook.data.Normalization;
import org.spdbook.data.Pixels;
import org.spdbook.data.Resampling;
import org.spdbook.data.Resize;

/**
 * From a picture to what PaliGemma takes: resized to a square whatever its shape, bicubic, values from -1 to 1. Equal to {@code
 * SiglipImageProcessorPil} of transformers 5.18 on {@code Image.open(file).convert("RGB")} as the authors call it, which turns no picture
 * round by its orientation. Immutable.
 *
 * @param size pixels of a side, at least 1
 */
public record VqaPicture(int size) {

    /** @throws IllegalArgumentException if the size is not positive */
    public VqaPicture {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "a picture for PaliGemma needs a size >= 1, got " + size + "; choose 224");
        }
    }

    /**
     * Of a file.
     *
     * @return {@code [3, size, size]}, float32
     * @throws IOException if it cannot be read or decoded, in one sentence
     */
    public float[] of(Path file) throws IOException {
        return of(ImageFile.rgb(file));
    }

    /** Of an RGB picture: {@code [3, size, size]}, float32. */
    public float[] of(Pixels picture) {
        return Normalization.SIGLIP.apply(new Resize(size, size, Resampling.BICUBIC).apply(picture));
    }
}

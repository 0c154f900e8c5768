package org.spdbook.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** PNG files of pictures. */
public final class Png {

    private Png() {}

    /**
     * A PNG file.
     *
     * @param picture with channels RGB
     * @throws IllegalArgumentException if it has others
     */
    public static byte[] of(Pixels picture) {
        if (picture.channels() != Pixels.RGB) {
            throw new IllegalArgumentException("a PNG is written of an RGB picture, got a " + picture);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image(picture), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a PNG to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** A picture with channels RGB as the JDK's writers take it. */
    static BufferedImage image(Pixels picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.setRGB(x, y, picture.at(y, x, 0) << 16 | picture.at(y, x, 1) << 8 | picture.at(y, x, 2));
            }
        }
        return image;
    }
}

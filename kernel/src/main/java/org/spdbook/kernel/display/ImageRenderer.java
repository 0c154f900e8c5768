package org.spdbook.kernel.display;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Shows a {@link BufferedImage} as PNG, with a sentence that says its size. */
public final class ImageRenderer implements Renderer {

    @Override
    public Optional<DisplayBundle> render(Object value) {
        if (!(value instanceof BufferedImage image)) {
            return Optional.empty();
        }
        String sentence = "A picture of " + image.getWidth() + " x " + image.getHeight() + " pixels (width x height).";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", bytes)) {
                return Optional.of(DisplayBundle.text(sentence + " Its kind of pixels cannot be written as PNG."));
            }
        } catch (IOException e) {
            return Optional.of(DisplayBundle.text(sentence + " It cannot be shown: " + e.getMessage()));
        }
        return Optional.of(DisplayBundle.text(sentence)
                .with("image/png", Base64.getEncoder().encodeToString(bytes.toByteArray())));
    }
}

package org.spdbook.kernel.display;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.swing.ImageIcon;

/** Pictures of AWT as PNG, with a sentence that says their size. */
final class ImageRenderer {

    private ImageRenderer() {}

    /** The bundle of an {@link Image} or a {@link RenderedImage}. */
    static DisplayBundle bundle(Object value) {
        RenderedImage image = value instanceof RenderedImage rendered ? rendered : drawn((Image) value);
        DisplayBundle sentence = DisplayBundle.text(String.format(
                Locale.ROOT, "A picture of %d x %d pixels (width x height).", image.getWidth(), image.getHeight()));
        try {
            return sentence.with("image/png", png(image));
        } catch (IOException e) {
            return DisplayBundle.text(sentence.plain() + " It cannot be shown: " + e.getMessage());
        }
    }

    private static byte[] png(RenderedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes) && !ImageIO.write(converted(image), "png", bytes)) {
            throw new IOException("no writer of PNG takes it");
        }
        return bytes.toByteArray();
    }

    /** With pixels of the kind that every writer of PNG knows. */
    private static BufferedImage converted(RenderedImage image) {
        var plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = plain.createGraphics();
        graphics.drawRenderedImage(image, null);
        graphics.dispose();
        return plain;
    }

    private static BufferedImage drawn(Image image) {
        var loaded = new ImageIcon(image); // waits until the picture is there
        if (loaded.getIconWidth() <= 0 || loaded.getIconHeight() <= 0) {
            throw new IllegalArgumentException("the picture has no pixels: its source could not be read");
        }
        var plain = new BufferedImage(loaded.getIconWidth(), loaded.getIconHeight(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = plain.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return plain;
    }
}

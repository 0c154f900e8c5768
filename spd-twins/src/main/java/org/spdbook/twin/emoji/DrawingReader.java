package org.spdbook.twin.emoji;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.spdbook.data.Pixels;

/** Reads drawings of any kind in the packages as RGBA: PNG and WebP in their own size, SVG at 96 x 96. Not thread-safe. */
final class DrawingReader {

    private static final int SVG_SIZE = 96;
    private static final int OPAQUE = 255;

    /** Held, so that its level stays: it prints stacks of what is thrown here as one sentence. */
    private static final Logger PARSER_LOG = Logger.getLogger("com.github.weisj.jsvg");

    static {
        PARSER_LOG.setLevel(Level.OFF);
    }

    private final SVGLoader loader = new SVGLoader();

    /**
     * The pixels of a drawing, RGBA, not premultiplied.
     *
     * @throws IOException if the file cannot be read or is of another kind, with its name
     */
    Pixels read(Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            if (name.endsWith(".svg")) {
                return svg(file);
            } else if (name.endsWith(".webp")) {
                return pixels(webp(file));
            }
            return pixels(ImageIO.read(file.toFile()));
        } catch (IOException | RuntimeException e) {
            throw new IOException("reading the drawing " + file + " failed: " + e.getMessage(), e);
        }
    }

    private static BufferedImage webp(Path file) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private Pixels svg(Path file) throws IOException {
        SVGDocument document;
        try (InputStream in = Files.newInputStream(file)) {
            document = loader.load(in, null, LoaderContext.createDefault());
        }
        if (document == null) {
            throw new IOException("it is not SVG");
        }
        BufferedImage image = new BufferedImage(SVG_SIZE, SVG_SIZE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.render((Component) null, graphics, new ViewBox(SVG_SIZE, SVG_SIZE));
        } finally {
            graphics.dispose();
        }
        return pixels(image);
    }

    /** From the stored samples: asking Java for sRGB would bend grey ones by their own gamma. */
    private static Pixels pixels(BufferedImage image) throws IOException {
        if (image == null) {
            throw new IOException("it is no picture of a known kind");
        }
        Raster raster = image.getRaster();
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        int bands = raster.getNumBands();
        if (!palette && raster.getSampleModel().getSampleSize(0) != 8) {
            throw new IOException(
                    "its samples need 8 bits, found " + raster.getSampleModel().getSampleSize(0));
        }
        byte[] values = new byte[image.getWidth() * image.getHeight() * Pixels.RGBA];
        int[] sample = new int[bands];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int argb = palette ? image.getRGB(x, y) : argb(raster.getPixel(x, y, sample));
                values[next++] = (byte) (argb >> 16);
                values[next++] = (byte) (argb >> 8);
                values[next++] = (byte) argb;
                values[next++] = (byte) (argb >> 24);
            }
        }
        return new Pixels(image.getHeight(), image.getWidth(), Pixels.RGBA, values);
    }

    private static int argb(int[] sample) {
        boolean grey = sample.length < Pixels.RGB;
        int alpha = sample.length % 2 == 0 ? sample[sample.length - 1] : OPAQUE;
        return alpha << 24 | sample[0] << 16 | sample[grey ? 0 : 1] << 8 | sample[grey ? 0 : 2];
    }
}

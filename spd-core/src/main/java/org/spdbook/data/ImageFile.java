package org.spdbook.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Picture files as the {@code convert("RGB")} of Pillow 12.3 gives them: grey three times, palettes looked up, opacity dropped, of
 * 16 bits the upper 8 (a single grey channel is cut off at 255 instead), CMYK by Adobe's convention, colour profiles and
 * orientation ignored. What a file is its first bytes say, not its name. PNG is equal to the last bit. JPEG goes through the JDK's
 * decoder without its colour conversion and through {@link JpegColours}; the decoders agree on all files compared except where
 * colour is halved in the vertical direction alone, which libjpeg-turbo interpolates and the JDK's libjpeg 6b repeats. JPEG
 * files without an end marker are refused, as Pillow refuses them; the JDK alone would fill them up with grey.
 */
public final class ImageFile {

    private static final String TRUNCATED = "Missing EOI";
    private static final int SHOWN = 8;

    private ImageFile() {}

    /**
     * Reads a file.
     *
     * @return three channels
     * @throws IOException if it cannot be read or decoded, in one sentence with the file's name
     */
    public static Pixels rgb(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return rgb(bytes);
        } catch (IOException e) {
            throw new IOException("picture " + file + " cannot be used: it " + e.getMessage() + "; get it anew", e);
        }
    }

    /**
     * Decodes the bytes of a file.
     *
     * @return three channels
     * @throws IOException if they cannot be decoded; the message says what is wrong and begins with a verb
     */
    public static Pixels rgb(byte[] file) throws IOException {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException(file.length == 0 ? "is empty" : "is no picture, it begins with " + begin(file));
            }
            ImageReader reader = readers.next();
            var truncated = new AtomicBoolean();
            reader.addIIOReadWarningListener(
                    (source, warning) -> truncated.compareAndSet(false, warning.contains(TRUNCATED)));
            try {
                reader.setInput(in, true);
                Pixels pixels = reader.getFormatName().equalsIgnoreCase("jpeg")
                        ? JpegColours.of(file).rgb(reader.readRaster(0, null))
                        : rgb(reader.read(0));
                if (truncated.get()) {
                    throw new IOException("ends early");
                }
                return pixels;
            } catch (RuntimeException e) {
                throw new IOException("does not decode: " + e, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static String begin(byte[] file) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, file.length); i++) {
            text.append(i == 0 ? "" : " ").append(String.format("%02x", file[i]));
        }
        return text.toString();
    }

    private static Pixels rgb(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        boolean coded = colours instanceof IndexColorModel || colours instanceof PackedColorModel;
        return coded ? looked(image) : bands(image.getRaster());
    }

    private static Pixels looked(BufferedImage image) {
        int width = image.getWidth();
        byte[] values = new byte[Math.multiplyExact(Math.multiplyExact(width, image.getHeight()), Pixels.RGB)];
        int[] row = new int[width];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                values[next++] = (byte) (argb >> 16);
                values[next++] = (byte) (argb >> 8);
                values[next++] = (byte) argb;
            }
        }
        return new Pixels(image.getHeight(), width, Pixels.RGB, values);
    }

    /** One or two bands are grey, three or four are colour; the last of an even number is opacity. */
    private static Pixels bands(Raster raster) {
        int bands = raster.getNumBands();
        boolean wide = raster.getTransferType() == DataBuffer.TYPE_USHORT;
        byte[] values =
                new byte[Math.multiplyExact(Math.multiplyExact(raster.getWidth(), raster.getHeight()), Pixels.RGB)];
        int[] row = new int[raster.getWidth() * bands];
        int next = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            for (int at = 0; at < row.length; at += bands) {
                for (int c = 0; c < Pixels.RGB; c++) {
                    int value = row[at + (bands < Pixels.RGB ? 0 : c)];
                    values[next++] = (byte) (!wide ? value : bands == Pixels.L ? Math.min(value, 255) : value >> 8);
                }
            }
        }
        return new Pixels(raster.getHeight(), raster.getWidth(), Pixels.RGB, values);
    }
}

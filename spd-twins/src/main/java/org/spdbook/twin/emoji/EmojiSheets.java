package org.spdbook.twin.emoji;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** The drawings: one sheet of 32 x 32 RGBA pictures per style, read when first needed. Thread-safe. */
public final class EmojiSheets {

    /** Side of a drawing, in pixels. */
    public static final int SIZE = 32;

    /** Drawings in a row of a sheet. */
    static final int COLUMNS = 38;

    private static final int CHANNELS = 4;

    private final Map<Style, BufferedImage> sheets = new EnumMap<>(Style.class);

    /** The sheet of a style; not to be drawn on. */
    synchronized BufferedImage sheet(Style style) {
        return sheets.computeIfAbsent(style, EmojiSheets::read);
    }

    private static BufferedImage read(Style style) {
        try (InputStream in = EmojiSheets.class.getResourceAsStream(style.resource())) {
            if (in == null) {
                throw new IllegalStateException(style.resource() + " is missing from the jar of spd-twins");
            }
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + style.resource() + " failed", e);
        }
    }

    /**
     * The pixels of a drawing, not premultiplied.
     *
     * @param row place in the sheet, as in the manifest
     * @return 32 * 32 * 4 values 0..255, row by row, RGBA
     */
    public int[] rgba(Style style, int row) {
        int x = row % COLUMNS * SIZE;
        int y = row / COLUMNS * SIZE;
        return sheet(style).getRaster().getPixels(x, y, SIZE, SIZE, new int[SIZE * SIZE * CHANNELS]);
    }
}

package org.spdbook.twin.emoji;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.spdbook.data.Pixels;
import org.spdbook.data.Resampling;
import org.spdbook.data.Resize;

/**
 * Makes the sheets again from the npm packages they came from: each drawing read (SVG at 96 x 96), resized to 32 x 32 by
 * Lanczos as Pillow does, clear pixels made black, 38 in a row. Downloads nothing. Needs the optional libraries for SVG and
 * WebP on the class path.
 */
public final class EmojiSheetBuilder {

    private static final Resize RESIZE = new Resize(EmojiSheets.SIZE, EmojiSheets.SIZE, Resampling.LANCZOS);

    private final List<EmojiFiles> emoji;
    private final DrawingReader reader = new DrawingReader();

    private EmojiSheetBuilder(List<EmojiFiles> emoji) {
        this.emoji = emoji;
    }

    /**
     * A builder on packages that lie unpacked below a folder.
     *
     * @throws IOException if one is missing, with the command that gets it, or cannot be read
     */
    public static EmojiSheetBuilder from(Path folder) throws IOException {
        return new EmojiSheetBuilder(EmojiFiles.all(EmojiPackages.in(folder)));
    }

    /** Code points of the drawings, in hexadecimal, in the order of the sheets. */
    public List<String> codes() {
        return emoji.stream().map(EmojiFiles::code).toList();
    }

    /**
     * Makes a sheet.
     *
     * @return 38 drawings in a row, RGBA, not premultiplied
     * @throws IOException if a drawing cannot be read
     */
    public BufferedImage sheet(Style style) throws IOException {
        int rows = (emoji.size() + EmojiSheets.COLUMNS - 1) / EmojiSheets.COLUMNS;
        BufferedImage sheet = new BufferedImage(
                EmojiSheets.COLUMNS * EmojiSheets.SIZE, rows * EmojiSheets.SIZE, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < emoji.size(); i++) {
            Path file = java.util.Objects.requireNonNull(emoji.get(i).files().get(style));
            place(RESIZE.apply(reader.read(file)), sheet, i);
        }
        return sheet;
    }

    private static void place(Pixels drawing, BufferedImage sheet, int index) {
        int left = index % EmojiSheets.COLUMNS * EmojiSheets.SIZE;
        int top = index / EmojiSheets.COLUMNS * EmojiSheets.SIZE;
        for (int y = 0; y < EmojiSheets.SIZE; y++) {
            for (int x = 0; x < EmojiSheets.SIZE; x++) {
                int alpha = drawing.at(y, x, 3);
                int color = drawing.at(y, x, 0) << 16 | drawing.at(y, x, 1) << 8 | drawing.at(y, x, 2);
                sheet.setRGB(left + x, top + y, alpha == 0 ? 0 : alpha << 24 | color);
            }
        }
    }

    /**
     * Writes a sheet as PNG where the shipped one lies below its package: {@code sheets/NAME.png}, and OpenMoji's apart in
     * {@code openmoji/NAME.png}.
     *
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path write(BufferedImage sheet, Style style, Path folder) throws IOException {
        Path file = folder.resolve(style.resource());
        Files.createDirectories(file.resolveSibling(""));
        if (!ImageIO.write(sheet, "png", file.toFile())) {
            throw new IOException("this Java has no PNG writer; " + file + " was not written");
        }
        return file;
    }
}

package org.spdbook.chart;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.spdbook.chart.PictureGrid.Line;
import org.spdbook.chart.PictureGrid.Mark;
import org.spdbook.chart.PictureGrid.Picture;
import org.spdbook.data.Pixels;
import org.spdbook.data.Png;

/**
 * Writes a {@link PictureGrid} as an SVG document: one PNG with all pictures in it, enlarged without smoothing, and the
 * texts as text.
 */
public final class PictureGridSvg {

    private static final int WIDTH = 640;
    private static final double PAD = SeriesLayout.PAD;
    private static final double SIZE = 10.5;
    private static final double LINE = 13;
    private static final double GAP = 10;
    private static final double SIGN = 11;
    private static final String RIGHT = "#0072B2";
    private static final String WRONG = "#B34E00";

    private final PictureGrid grid;
    private final List<String> title;
    private final List<String> foot;
    private final int scale;
    private final double pitchX;
    private final double pitchY;

    private PictureGridSvg(PictureGrid grid) {
        this.grid = grid;
        this.title = TextWidth.wrap(grid.title(), 16, WIDTH - 2 * PAD);
        this.foot = TextWidth.wrap(grid.note(), SeriesLayout.NOTE_SIZE, WIDTH - 2 * PAD);
        Pixels first = grid.pictures().get(0).pixels();
        double room = (WIDTH - 2 * PAD) / grid.columns();
        this.scale = (int) Math.max(1, Math.min(3, Math.floor((room - GAP) / first.width())));
        this.pitchX = Math.max(room, scale * first.width());
        int lines = grid.pictures().stream()
                .mapToInt(picture -> picture.lines().size())
                .max()
                .orElse(0);
        // A whole number of enlarged pixels, as the gaps are pixels of the one PNG.
        this.pitchY = scale * Math.ceil((scale * first.height() + LINE * lines + GAP) / scale);
    }

    /** The pictures as a complete {@code <svg>} element, without an XML declaration. */
    public static String write(PictureGrid grid) {
        return new PictureGridSvg(grid).write();
    }

    private String write() {
        double top = 18 + 18 * title.size();
        int rows = (grid.pictures().size() + grid.columns() - 1) / grid.columns();
        double tall = top + rows * pitchY + 15 * foot.size() + 8;
        Svg svg = new Svg();
        SvgWriter.begin(svg, WIDTH, tall, grid.title(), grid.message());
        SvgWriter.title(svg, title);
        Pixels sheet = sheet(rows);
        svg.leaf(
                        "image",
                        "x",
                        PAD,
                        "y",
                        top,
                        "width",
                        scale * sheet.width(),
                        "height",
                        scale * sheet.height(),
                        "style",
                        "image-rendering:pixelated",
                        "href",
                        "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.of(sheet)))
                .newLine();
        svg.open("g", "font-size", SIZE);
        for (int i = 0; i < grid.pictures().size(); i++) {
            Picture picture = grid.pictures().get(i);
            double x = PAD + scale * column(i);
            int row = i / grid.columns();
            double y = top + row * pitchY + scale * picture.pixels().height() + SIZE;
            for (Line line : picture.lines()) {
                line(svg, line, x, y);
                y += LINE;
            }
        }
        svg.close().newLine();
        SvgWriter.foot(svg, foot, tall);
        return svg.close().toString();
    }

    /** The left end of a picture in the sheet, in its pixels. */
    private int column(int index) {
        return (int) Math.floor(index % grid.columns() * pitchX / scale);
    }

    /** All pictures at their places on white. */
    private Pixels sheet(int rows) {
        Pixels first = grid.pictures().get(0).pixels();
        int width = column(Math.min(grid.pictures().size(), grid.columns()) - 1) + first.width();
        int down = (int) Math.round(pitchY / scale);
        int height = (rows - 1) * down + first.height();
        byte[] all = new byte[width * height * Pixels.RGB];
        Arrays.fill(all, (byte) 0xFF);
        for (int i = 0; i < grid.pictures().size(); i++) {
            byte[] values = grid.pictures().get(i).pixels().values();
            int length = first.width() * Pixels.RGB;
            for (int row = 0; row < first.height(); row++) {
                int at = ((i / grid.columns() * down + row) * width + column(i)) * Pixels.RGB;
                System.arraycopy(values, row * length, all, at, length);
            }
        }
        return new Pixels(height, width, Pixels.RGB, all);
    }

    private void line(Svg svg, Line line, double x, double y) {
        boolean marked = line.mark() != Mark.NONE;
        String color = line.mark() == Mark.RIGHT ? RIGHT : line.mark() == Mark.WRONG ? WRONG : "";
        if (line.mark() == Mark.RIGHT) {
            PathText check =
                    new PathText().move(x + 1, y - 4).line(x + 3.5, y - 1).line(x + 8, y - 7.5);
            svg.path(check, "fill", "none", "stroke", color, "stroke-width", 1.8);
        } else if (marked) {
            PathText cross = new PathText()
                    .move(x + 1, y - 7)
                    .line(x + 7.5, y - 0.5)
                    .move(x + 7.5, y - 7)
                    .line(x + 1, y - 0.5);
            svg.path(cross, "fill", "none", "stroke", color, "stroke-width", 1.8);
        }
        double indent = marked ? SIGN : 0;
        String text = TextWidth.fit(line.text(), SIZE, pitchX - indent - 2);
        svg.element("text", text, "x", x + indent, "y", y, "fill", color);
    }
}

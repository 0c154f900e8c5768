package org.spdbook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.PictureGrid.Line;
import org.spdbook.chart.PictureGrid.Mark;
import org.spdbook.chart.PictureGrid.Picture;
import org.spdbook.data.Pixels;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PictureGridSvgTest {

    private static Pixels plain(int side, int red) {
        byte[] values = new byte[side * side * 3];
        for (int i = 0; i < values.length; i += 3) {
            values[i] = (byte) red;
        }
        return new Pixels(side, side, Pixels.RGB, values);
    }

    private static PictureGrid grid(int columns, int count) {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(new Picture(
                    plain(32, 200 + i),
                    List.of(Line.of("class <" + i + ">"), new Line("a", Mark.RIGHT), new Line("b", Mark.WRONG))));
        }
        return new PictureGrid("Title & more", columns, pictures, "The message.", "The note.");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void should_hold_every_pixel_in_one_png_when_pictures_are_written() throws Exception {
        Document document = parse(PictureGridSvg.write(grid(6, 8)));
        Element image = (Element) document.getElementsByTagName("image").item(0);
        String data = image.getAttribute("href").substring("data:image/png;base64,".length());
        BufferedImage sheet =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
        int[] found = new int[8];
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                int rgb = sheet.getRGB(x, y) & 0xFFFFFF;
                if (rgb != 0xFFFFFF) {
                    found[(rgb >> 16) - 200]++;
                }
            }
        }

        assertThat(document.getElementsByTagName("image").getLength()).isEqualTo(1);
        assertThat(found).containsOnly(32 * 32);
        assertThat(Integer.parseInt(image.getAttribute("width"))).isEqualTo(2 * sheet.getWidth());
        assertThat(image.getAttribute("style")).contains("pixelated");
    }

    @Test
    void should_be_accessible_and_inside_the_card_when_written() throws Exception {
        for (int columns : new int[] {1, 3, 6, 12}) {
            Document document = parse(PictureGridSvg.write(grid(columns, 7)));
            Element root = document.getDocumentElement();
            double height = Double.parseDouble(root.getAttribute("height"));
            var texts = document.getElementsByTagName("text");
            for (int i = 0; i < texts.getLength(); i++) {
                assertThat(Double.parseDouble(((Element) texts.item(i)).getAttribute("y")))
                        .isLessThan(height);
            }
            assertThat(root.getAttribute("aria-label")).isEqualTo("The message.");
            assertThat(texts.getLength()).isEqualTo(1 + 7 * 3 + 1);
        }
    }

    @Test
    void should_refuse_in_a_sentence_when_pictures_do_not_fit_together() {
        var small = new Picture(plain(16, 1), List.of());
        var large = new Picture(plain(32, 1), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureGrid("t", 2, List.of(small, large), "m", ""))
                .withMessageContaining("of the size of the first, RGB picture of 16 x 16, got RGB picture of 32 x 32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureGrid("t", 2, List.of(), "m", ""))
                .withMessageContaining("at least one picture");
    }
}

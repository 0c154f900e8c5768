package org.spdbook.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** JPEG files of pictures, with colours at the full size (4:4:4). */
public final class Jpeg {

    private static final String METADATA = "javax_imageio_jpeg_image_1.0";

    private Jpeg() {}

    /**
     * A JPEG file.
     *
     * @param picture with channels RGB
     * @param quality 1 to 100, on the scale of libjpeg
     * @throws IllegalArgumentException if one of them is something else
     */
    public static byte[] of(Pixels picture, int quality) {
        if (picture.channels() != Pixels.RGB || quality < 1 || quality > 100) {
            throw new IllegalArgumentException("a JPEG is written of an RGB picture with a quality of 1 to 100, got a "
                    + picture + " and " + quality);
        }
        BufferedImage image = Png.image(picture);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, fullColour(writer, image, parameters)), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a JPEG to memory failed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** What the JDK writes about a file, where it would halve the colours in both directions. */
    private static IIOMetadata fullColour(ImageWriter writer, BufferedImage image, ImageWriteParam parameters)
            throws IOException {
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters);
        Element tree = (Element) metadata.getAsTree(METADATA);
        NodeList components = tree.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        metadata.setFromTree(METADATA, tree);
        return metadata;
    }
}

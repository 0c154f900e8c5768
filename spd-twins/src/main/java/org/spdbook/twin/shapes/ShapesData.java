package org.spdbook.twin.shapes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.spdbook.data.Pixels;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.drawing.ShapeClass;
import org.spdbook.twin.vision.Examples;
import org.spdbook.twin.vision.VisionInput;

/**
 * Images to fine-tune and to test on: of each style 480 for training and 480 for validation by the seed, 600 for testing that
 * are the same for every seed. Thread-safe; drawn test images are kept.
 */
final class ShapesData {

    static final int TRAINING = 480;
    static final int TEST = 600;
    static final double HARDNESS = 1;

    private static final Map<ShapeStyle, List<Pixels>> TESTS = new ConcurrentHashMap<>();

    private ShapesData() {}

    /** Images of a style; image i is of class i modulo 24. */
    static List<Pixels> images(ShapeStyle style, OpenTwin.Part part, long seed) {
        return switch (part) {
            case TEST -> TESTS.computeIfAbsent(style, any -> drawn(style, "shapes test", 0, TEST));
            case TRAINING -> drawn(style, "shapes training", seed, TRAINING);
            case VALIDATION -> drawn(style, "shapes validation", seed, TRAINING);
        };
    }

    private static List<Pixels> drawn(ShapeStyle style, String purpose, long seed, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> drawn(style, HARDNESS, purpose, seed, i))
                .toList();
    }

    /** One image, of class i modulo 24. */
    static Pixels drawn(ShapeStyle style, double hardness, String purpose, long seed, int i) {
        return ShapeImages.draw(
                ShapeClass.values()[i % ShapeClass.USED],
                style,
                hardness,
                new Seeds(seed).stream(purpose, style.ordinal(), i));
    }

    static Examples examples(ShapeStyle style, OpenTwin.Part part, long seed) {
        List<Pixels> images = images(style, part, seed);
        return examples(images, IntStream.range(0, images.size()).toArray());
    }

    /**
     * Examples of images.
     *
     * @param numbers by which they were drawn, whose remainder by 24 is the class
     */
    static Examples examples(List<Pixels> images, int[] numbers) {
        return new Examples(
                images.stream().map(VisionInput::of).toList(),
                Arrays.stream(numbers).mapToLong(i -> i % ShapeClass.USED).toArray());
    }

    /** The bytes of some images of every style, which change when the drawing does. */
    static byte[] sample() {
        byte[][] images = Arrays.stream(ShapeStyle.values())
                .flatMap(style -> drawn(style, "shapes training", 0, 2 * ShapeClass.USED).stream())
                .map(Pixels::values)
                .toArray(byte[][]::new);
        byte[] all =
                new byte[Arrays.stream(images).mapToInt(image -> image.length).sum()];
        int at = 0;
        for (byte[] image : images) {
            System.arraycopy(image, 0, all, at, image.length);
            at += image.length;
        }
        return all;
    }
}

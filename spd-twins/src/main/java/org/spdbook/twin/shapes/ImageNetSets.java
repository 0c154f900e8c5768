package org.spdbook.twin.shapes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.spdbook.data.Pixels;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.drawing.ShapeClass;
import org.spdbook.twin.vision.Examples;

/**
 * The test sets of {@link ImageNetWorld} that nothing is trained on, 600 images each, drawn once for all seeds. Thread-safe; drawn
 * images are kept.
 */
enum ImageNetSets {
    /** Photographs in wider poses: hardness 1.3. */
    V2,
    /** Photographs of hardness 1.2 that another pre-training takes for something else without any fine-tuning. */
    A,
    /** Renditions: clip art, paintings, quick drawings and info graphics in turn. */
    R,
    /** Sketches: the test set of the domain of that name in {@link DomainNetWorld}. */
    SKETCH;

    /** Photographs among which those for {@link #A} are sought. */
    static final int CANDIDATES = 2400;

    private static final double WIDER = 1.3;
    private static final double WIDE = 1.2;
    private static final List<ShapeStyle> RENDITIONS =
            List.of(ShapeStyle.CLIPART, ShapeStyle.PAINTING, ShapeStyle.QUICKDRAW, ShapeStyle.INFOGRAPH);
    private static final Map<ImageNetSets, Examples> DRAWN = new ConcurrentHashMap<>();
    private static final String CHOSEN = "adversarial.txt";

    /** The word for it. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Its images. */
    Examples examples() {
        return DRAWN.computeIfAbsent(this, ImageNetSets::draw);
    }

    private static Examples draw(ImageNetSets set) {
        int[] all = IntStream.range(0, ShapesData.TEST).toArray();
        return switch (set) {
            case V2 -> drawn(all, i -> ShapesData.drawn(ShapeStyle.REAL, WIDER, "imagenet v2", 0, i));
            case A -> drawn(chosen(), ImageNetSets::candidate);
            case R -> drawn(all, i -> ShapesData.drawn(rendition(i), ShapesData.HARDNESS, "imagenet r", 0, i));
            case SKETCH -> ShapesData.examples(ShapeStyle.SKETCH, OpenTwin.Part.TEST, 0);
        };
    }

    /** By rows of 24, so that each class comes in each style. */
    private static ShapeStyle rendition(int i) {
        return RENDITIONS.get(i / ShapeClass.USED % RENDITIONS.size());
    }

    /** A photograph that may be of {@link #A}. */
    static Pixels candidate(int i) {
        return ShapesData.drawn(ShapeStyle.REAL, WIDE, "imagenet a", 0, i);
    }

    private static Examples drawn(int[] numbers, java.util.function.IntFunction<Pixels> image) {
        List<Pixels> images = new ArrayList<>();
        for (int number : numbers) {
            images.add(image.apply(number));
        }
        return ShapesData.examples(images, numbers);
    }

    /** Numbers of the candidates of {@link #A}, as they are stored. */
    static int[] chosen() {
        return Arrays.stream(
                        new String(stored(), StandardCharsets.US_ASCII).trim().split("\\s+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** The bytes that name them. */
    static byte[] stored() {
        try (InputStream in = ImageNetSets.class.getResourceAsStream(CHOSEN)) {
            if (in == null) {
                throw new IllegalStateException(CHOSEN + " is missing from the jar of spd-twins");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + CHOSEN + " failed", e);
        }
    }
}

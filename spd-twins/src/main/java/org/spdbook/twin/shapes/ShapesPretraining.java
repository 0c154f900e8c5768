package org.spdbook.twin.shapes;

import java.util.stream.IntStream;
import org.spdbook.data.Pixels;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.twin.drawing.ShapeClass;
import org.spdbook.twin.vision.CaptionPretraining;
import org.spdbook.twin.vision.ShiftAugmentation;
import org.spdbook.twin.vision.VisionInput;

/**
 * Pre-training on 36,000 easy images of 24 classes in all six styles, ten times over; one caption in five names a random class.
 * Recipe: twins.md 1.
 */
public final class ShapesPretraining extends CaptionPretraining {

    private static final int IMAGES = 36_000;
    private static final int EPOCHS = 10;
    private static final int WARM_UP = 200;
    private static final double NOISE = 0.2;
    private static final int STYLES = ShapeStyle.values().length;
    private static final int STEPS_PER_EPOCH = IMAGES / BATCH;
    private static final ShiftAugmentation AUGMENTATION = new ShiftAugmentation(false);

    /** Steps of the recipe. */
    public static final int STEPS = EPOCHS * STEPS_PER_EPOCH;

    private final Pixels[] images = new Pixels[IMAGES];
    private final long[] captions = new long[IMAGES];
    private int[] order = new int[0];
    private int orderOf = -1;

    /** Pre-training with a seed; {@link #STEPS} steps are the recipe. Draws the images, which takes half a minute. */
    public ShapesPretraining(long seed, int steps) {
        super("shapes", new Sizes(ShapeClass.USED, ShapeClass.USED, STYLES, WARM_UP), new Seeds(seed), steps);
        IntStream.range(0, IMAGES).parallel().forEach(this::draw);
    }

    private void draw(int i) {
        RandomStream random = seeds().stream("pre-training image", 0, i);
        ShapeStyle style = ShapeStyle.values()[random.nextInt(STYLES)];
        int object = i % ShapeClass.USED;
        int named = random.chance(NOISE) ? random.nextInt(ShapeClass.USED) : object;
        captions[i] = (long) named * STYLES + style.ordinal();
        images[i] = ShapeImages.draw(ShapeClass.values()[object], style, 0, random);
    }

    @Override
    protected Batch batch(int step) {
        int epoch = step / STEPS_PER_EPOCH;
        if (orderOf != epoch) {
            order = seeds().stream("order", epoch, 0).permutation(IMAGES);
            orderOf = epoch;
        }
        int[] batch = new int[BATCH];
        float[] pixels = new float[BATCH * VisionInput.SIDE * VisionInput.SIDE * VisionInput.CHANNELS];
        long[] expected = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            batch[i] = order[step % STEPS_PER_EPOCH * BATCH + i];
            RandomStream random = seeds().stream("augmentation", epoch, batch[i]);
            AUGMENTATION.apply(VisionInput.of(images[batch[i]]), random, pixels, i * pixels.length / BATCH);
            expected[i] = captions[batch[i]];
        }
        return new Batch(pixels, expected, batch);
    }
}

package org.spdbook.twin.scenes;

import java.util.List;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.vision.VisionInput;

/**
 * Images with the class of each pixel.
 *
 * @param inputs as {@link VisionInput} makes them
 * @param labels [32, 32] each
 */
record SceneExamples(List<float[]> inputs, List<byte[]> labels) {

    /** Values of an input. */
    static final int INPUT = Image.SIDE * Image.SIDE * VisionInput.CHANNELS;

    /** Pixels of an image. */
    static final int PIXELS = Image.SIDE * Image.SIDE;

    SceneExamples {
        inputs = List.copyOf(inputs);
        labels = List.copyOf(labels);
    }

    /** Writes an example into a batch, mirrored or as it is. */
    void write(int i, boolean mirrored, float[] input, long[] expected, int place) {
        float[] from = inputs.get(i);
        byte[] classes = labels.get(i);
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            int x = pixel % Image.SIDE;
            int source = mirrored ? pixel - x + Image.SIDE - 1 - x : pixel;
            System.arraycopy(
                    from,
                    source * VisionInput.CHANNELS,
                    input,
                    place * INPUT + pixel * VisionInput.CHANNELS,
                    VisionInput.CHANNELS);
            expected[place * PIXELS + pixel] = classes[source];
        }
    }
}

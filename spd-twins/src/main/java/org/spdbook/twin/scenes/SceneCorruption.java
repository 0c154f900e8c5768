package org.spdbook.twin.scenes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Image;

/**
 * What is done to the images of a test set, in the order of the paper's Table 4; for pre-training at a strength below 1 as well. Made
 * for 32 pixels; those for photographs are {@code org.spdbook.data.Corruption}. The result is cut off to 0..1.
 */
enum SceneCorruption {
    /** Nothing. */
    CLEAN {
        @Override
        Image apply(Image x, double strength, RandomStream r) {
            return x;
        }
    },
    /** Mixed with light grey, more in some places than in others. */
    FOG {
        @Override
        Image apply(Image x, double strength, RandomStream r) {
            var density = new org.spdbook.twin.drawing.Noise(r, FOG_CELLS);
            return Image.of((i, j, c) -> {
                double fog = Math.max(0, Math.min(.9, .55 * strength + .6 * density.at(i, j)));
                return x.at(i, j, c) * (1 - fog) + .85 * fog;
            });
        }
    },
    /** The mean over a disk; borders replicated. */
    DEFOCUS {
        @Override
        Image apply(Image x, double strength, RandomStream r) {
            double radius = 1 + 1.2 * strength;
            int reach = (int) Math.ceil(radius);
            return Image.of((i, j, c) -> {
                double sum = 0;
                int count = 0;
                for (int dy = -reach; dy <= reach; dy++) {
                    for (int dx = -reach; dx <= reach; dx++) {
                        if (dx * dx + dy * dy <= radius * radius + .3) {
                            sum += x.at(Image.clamp(i + dx), Image.clamp(j + dy), c);
                            count++;
                        }
                    }
                }
                return sum / count;
            });
        }
    },
    /** Normal noise of s.d. 0.16 in each channel. */
    GAUSSIAN {
        @Override
        Image apply(Image x, double strength, RandomStream r) {
            return Image.of((i, j, c) -> x.at(i, j, c) + .16 * strength * r.nextGaussian());
        }
    },
    /** All channels 0.35 brighter. */
    BRIGHTNESS {
        @Override
        Image apply(Image x, double strength, RandomStream r) {
            return Image.of((i, j, c) -> x.at(i, j, c) + .35 * strength);
        }
    };

    private static final int FOG_CELLS = 5;

    /** The word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    static List<String> words() {
        return Arrays.stream(values()).map(SceneCorruption::word).toList();
    }

    /**
     * A corrupted image; values outside of 0..1 are cut off when it is rounded.
     *
     * @param strength 1 for testing
     */
    abstract Image apply(Image x, double strength, RandomStream r);
}

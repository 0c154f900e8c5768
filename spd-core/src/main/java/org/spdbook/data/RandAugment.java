package org.spdbook.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spdbook.train.RandomStream;

/**
 * Two changes of a picture, drawn from fifteen with repetition, each made half of the time and with a severity of its own.
 *
 * <p>Source: Cubuk et al., <i>RandAugment</i>, 2019, as timm has it ({@code auto_augment.py}, {@code rand-m9-mstd0.5-inc1}): the set
 * whose severities rise with the magnitude, bicubic, places from outside in the mean colour. The random numbers are ours, in its
 * order: both changes; then for each whether it is made, its magnitude, its side.
 *
 * @param magnitude mean magnitude, 0 to 10
 * @param deviation s.d. of the magnitude, which is cut off at 0 and 10
 * @param normalization its mean is the colour of places that come from outside of the picture
 */
public record RandAugment(double magnitude, double deviation, Normalization normalization) {

    private static final double MOST = 10;
    private static final int CHANGES = 2;
    private static final double HALF = 0.5;
    private static final Augmentation[] ALL = Augmentation.values();
    private static final Pattern WORD = Pattern.compile("rand-m(\\d+(?:\\.\\d+)?)-mstd(\\d+(?:\\.\\d+)?)-inc1");

    /** @throws IllegalArgumentException if a value is out of its range */
    public RandAugment {
        if (!(magnitude >= 0 && magnitude <= MOST) || !(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("RandAugment has a magnitude of 0 to 10 and a finite deviation >= 0, got"
                    + " magnitude " + magnitude + ", deviation " + deviation);
        }
    }

    /**
     * The policy of a word as timm writes it, such as {@code rand-m9-mstd0.5-inc1}.
     *
     * @throws IllegalArgumentException if it is another one, or out of range
     */
    public static RandAugment parse(String word, Normalization normalization) {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("RandAugment is written rand-mMAGNITUDE-mstdDEVIATION-inc1, such as"
                    + " rand-m9-mstd0.5-inc1, got " + word);
        }
        return new RandAugment(
                Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)), normalization);
    }

    /**
     * A changed picture; the given one stays as it is and is returned when nothing changes.
     *
     * @param picture RGB
     */
    public Pixels apply(Pixels picture, RandomStream random) {
        Augmentation[] drawn = new Augmentation[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            drawn[i] = ALL[random.nextInt(ALL.length)];
        }
        Pixels result = picture;
        for (Augmentation change : drawn) {
            if (random.chance(HALF)) {
                result = change.apply(result, severity(change, random), normalization.meanColour());
            }
        }
        return result;
    }

    private double severity(Augmentation change, RandomStream random) {
        double level = magnitude + deviation * random.nextGaussian();
        double severity = Math.max(0, Math.min(level, MOST)) / MOST;
        return change.hasTwoSides() && random.chance(HALF) ? -severity : severity;
    }
}

package org.spdbook.data;

import org.jspecify.annotations.Nullable;
import org.spdbook.train.RandomStream;

/**
 * From a picture to the input of an image classifier, for training and for testing. Given the same boxes, equal to torchvision on
 * Pillow pictures to the last bit. Immutable.
 *
 * @param shortSide length of the short side before the middle is cut out, for testing
 * @param crop from a picture to a square, for training; its size and kernel hold for testing too
 * @param normalization from bytes to floats
 * @param augment what is done to the square for training; null for nothing
 */
public record ImageTransform(
        int shortSide,
        RandomResizedCrop crop,
        Normalization normalization,
        @Nullable RandAugment augment) {

    private static final double HALF = 0.5;

    private static final double BORDER = 256.0 / 224;

    /** The transforms of the DomainNet protocol: for 224 pixels the middle of a short side of 256 for testing, likewise for others. */
    public static ImageTransform domainNet(int size, Normalization normalization) {
        return new ImageTransform((int) Math.rint(size * BORDER), RandomResizedCrop.to(size), normalization, null);
    }

    /** The transforms of the ImageNet protocol: bicubic, the middle of the whole short side for testing. */
    public static ImageTransform imageNet(int size, Normalization normalization) {
        return new ImageTransform(size, RandomResizedCrop.to(size).with(Resampling.BICUBIC), normalization, null);
    }

    /** The same with another augmentation for training. */
    public ImageTransform with(@Nullable RandAugment other) {
        return new ImageTransform(shortSide, crop, normalization, other);
    }

    /** A random box, mirrored half of the time, then augmented: {@code [3, size, size]}. */
    public float[] training(Pixels picture, RandomStream random) {
        Pixels square = crop.apply(picture, random);
        Pixels turned = random.chance(HALF) ? square.mirrored() : square;
        return normalization.apply(augment == null ? turned : augment.apply(turned, random));
    }

    /** The middle of the picture: {@code [3, size, size]}. */
    public float[] test(Pixels picture) {
        return normalization.apply(middle(picture));
    }

    private Pixels middle(Pixels picture) {
        Pixels small = Resize.toShortSide(shortSide, picture, crop.kernel()).apply(picture);
        return Crop.center(small, crop.size()).apply(small);
    }
}

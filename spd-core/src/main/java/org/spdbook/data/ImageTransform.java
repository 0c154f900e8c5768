package org.spdbook.data;

import org.spdbook.train.RandomStream;

/**
 * From a picture to the input of an image classifier, for training and for testing. Given the same boxes, equal to torchvision on
 * Pillow pictures to the last bit. Immutable.
 *
 * @param shortSide length of the short side before the middle is cut out, for testing
 * @param crop from a picture to a square, for training; its size and kernel hold for testing too
 * @param normalization from bytes to floats
 */
public record ImageTransform(int shortSide, RandomResizedCrop crop, Normalization normalization) {

    private static final double HALF = 0.5;

    /** The transforms of the DomainNet protocol: 224 pixels, from a short side of 256 for testing. */
    public static ImageTransform domainNet(Normalization normalization) {
        return new ImageTransform(256, RandomResizedCrop.to(224), normalization);
    }

    /** A random box, mirrored half of the time: {@code [3, size, size]}. */
    public float[] training(Pixels picture, RandomStream random) {
        Pixels square = crop.apply(picture, random);
        return normalization.apply(random.chance(HALF) ? square.mirrored() : square);
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

package org.spdbook.data;

/**
 * A box cut out of a picture, black where it reaches beyond, as Pillow's crop gives it.
 *
 * @param top first row; negative above the picture
 * @param left first pixel of a row; negative left of the picture
 * @param height rows, at least 1
 * @param width pixels in a row, at least 1
 */
public record Crop(int top, int left, int height, int width) {

    /** @throws IllegalArgumentException if the box is empty */
    public Crop {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a crop needs height and width >= 1, got " + height + " x " + width + " (height x width)");
        }
    }

    /** The box of {@code size} x {@code size} in the middle, as torchvision's {@code center_crop} places it. */
    public static Crop center(Pixels picture, int size) {
        return new Crop(begin(picture.height(), size), begin(picture.width(), size), size, size);
    }

    /** Halves are rounded to even where there is room (Python's round), and down where there is none. */
    private static int begin(int length, int size) {
        return length < size ? -((size - length) / 2) : (int) Math.rint((length - size) / 2.0);
    }

    /** The cut-out; the picture stays as it is and is returned when the box is all of it. */
    public Pixels apply(Pixels picture) {
        if (top == 0 && left == 0 && height == picture.height() && width == picture.width()) {
            return picture;
        }
        int channels = picture.channels();
        byte[] result = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        int from = Math.max(0, left);
        int count = Math.min(picture.width(), left + width) - from;
        for (int y = Math.max(0, top); y < Math.min(picture.height(), top + height) && count > 0; y++) {
            System.arraycopy(
                    picture.values(),
                    (y * picture.width() + from) * channels,
                    result,
                    ((y - top) * width + from - left) * channels,
                    count * channels);
        }
        return new Pixels(height, width, channels, result);
    }
}

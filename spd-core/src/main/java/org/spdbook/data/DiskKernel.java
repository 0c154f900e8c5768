package org.spdbook.data;

/**
 * A filled disk whose rim is smoothed by a Gaussian, as a filter. Where it reaches over the edge of a picture, the picture is mirrored there
 * without repeating its last pixel.
 *
 * @param side odd
 * @param weights [side, side]
 */
record DiskKernel(int side, double[] weights) {

    private static final int SMALL = 8;

    /**
     * The disk of a radius.
     *
     * @param radius in pixels, at least 1
     * @param sigma of the Gaussian on 3 x 3 values, 5 x 5 for a radius above 8
     */
    static DiskKernel of(int radius, double sigma) {
        int reach = Math.max(SMALL, radius);
        int side = 2 * reach + 1;
        double[] disk = new double[side * side];
        int count = 0;
        for (int i = 0; i < disk.length; i++) {
            int y = i / side - reach;
            int x = i % side - reach;
            disk[i] = x * x + y * y <= radius * radius ? 1 : 0;
            count += (int) disk[i];
        }
        for (int i = 0; i < disk.length; i++) {
            disk[i] /= count;
        }
        return new DiskKernel(side, smoothed(disk, side, gaussian(radius <= SMALL ? 3 : 5, sigma)));
    }

    private static double[] gaussian(int length, double sigma) {
        double[] weights = new double[length];
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double distance = i - (length - 1) / 2.0;
            weights[i] = StrictMath.exp(-distance * distance / (2 * sigma * sigma));
            sum += weights[i];
        }
        for (int i = 0; i < length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static double[] smoothed(double[] disk, int side, double[] gaussian) {
        int reach = gaussian.length / 2;
        double[] result = new double[disk.length];
        for (int i = 0; i < disk.length; i++) {
            for (int k = 0; k < gaussian.length * gaussian.length; k++) {
                int dy = k / gaussian.length;
                int dx = k % gaussian.length;
                int y = mirrored(i / side + dy - reach, side);
                int x = mirrored(i % side + dx - reach, side);
                result[i] += gaussian[dy] * gaussian[dx] * disk[y * side + x];
            }
        }
        return result;
    }

    /** A place beyond the ends of a row is that as far inside of the end. */
    private static int mirrored(int place, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int folded = Math.floorMod(place, period);
        return folded < length ? folded : period - folded;
    }

    /** Filters each channel of a picture in place. */
    void filter(FloatImage image) {
        float[] source = image.values().clone();
        int reach = side / 2;
        int channels = image.channels();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    double sum = 0;
                    for (int k = 0; k < weights.length; k++) {
                        if (weights[k] != 0) {
                            int row = mirrored(y + k / side - reach, image.height());
                            int column = mirrored(x + k % side - reach, image.width());
                            sum += weights[k] * source[(row * image.width() + column) * channels + channel];
                        }
                    }
                    image.values()[(y * image.width() + x) * channels + channel] = (float) sum;
                }
            }
        }
    }
}

package org.spdbook.twin.drawing;

import org.spdbook.train.RandomStream;

/** Red, green and blue; 0 is none, 1 is full, what lies outside is cut off when painted. */
public record Colour(double red, double green, double blue) {

    /** All channels full. */
    public static final Colour WHITE = grey(1);

    /** All channels none. */
    public static final Colour BLACK = grey(0);

    /** One value in all channels. */
    public static Colour grey(double value) {
        return new Colour(value, value, value);
    }

    /** By hue (1 is once around), saturation and value. */
    public static Colour hsv(double hue, double saturation, double value) {
        double h = (hue - Math.floor(hue)) * 6;
        int sector = (int) h;
        double f = h - sector;
        double p = value * (1 - saturation);
        double q = value * (1 - saturation * f);
        double t = value * (1 - saturation * (1 - f));
        return switch (sector % 6) {
            case 0 -> new Colour(value, t, p);
            case 1 -> new Colour(q, value, p);
            case 2 -> new Colour(p, value, t);
            case 3 -> new Colour(p, q, value);
            case 4 -> new Colour(t, p, value);
            default -> new Colour(value, p, q);
        };
    }

    /** A random hue with saturation and value from the given ranges. */
    public static Colour random(RandomStream r, double s0, double s1, double v0, double v1) {
        return hsv(r.nextDouble(), r.uniform(s0, s1), r.uniform(v0, v1));
    }

    /** The value of channel 0, 1 or 2. */
    public double get(int channel) {
        return channel == 0 ? red : channel == 1 ? green : blue;
    }

    /** A channel as a byte, 0..255. */
    public int level(int channel) {
        return (int) (255 * Math.max(0, Math.min(1, get(channel))));
    }

    /** Mean of the channels. */
    public double mean() {
        return (red + green + blue) / 3;
    }

    /** {@code this * factor + offset}, in each channel. */
    public Colour times(double factor, double offset) {
        return new Colour(red * factor + offset, green * factor + offset, blue * factor + offset);
    }

    /** The sum in each channel. */
    public Colour plus(Colour other) {
        return new Colour(red + other.red, green + other.green, blue + other.blue);
    }

    /** With normal noise in each channel. */
    public Colour jittered(RandomStream random, double deviation) {
        return plus(new Colour(
                deviation * random.nextGaussian(),
                deviation * random.nextGaussian(),
                deviation * random.nextGaussian()));
    }

    /** Sum of the absolute differences of the channels. */
    public double distance(Colour other) {
        return Math.abs(red - other.red) + Math.abs(green - other.green) + Math.abs(blue - other.blue);
    }
}

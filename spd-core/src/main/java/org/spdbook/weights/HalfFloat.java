package org.spdbook.weights;

/** IEEE half precision, for JDK 17, which cannot convert it yet. */
final class HalfFloat {

    private static final int EXPONENT = 0x1F;

    private HalfFloat() {}

    /** The value of 16 bits: 1 sign, 5 exponent, 10 fraction. Exact. */
    static float toFloat(short half) {
        int exponent = (half >> 10) & EXPONENT;
        int fraction = half & 0x3FF;
        float sign = half < 0 ? -1f : 1f;
        if (exponent == EXPONENT) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return exponent == 0 ? sign * fraction * 0x1p-24f : sign * Math.scalb(1f + fraction * 0x1p-10f, exponent - 15);
    }
}

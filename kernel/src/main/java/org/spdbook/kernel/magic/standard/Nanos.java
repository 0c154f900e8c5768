package org.spdbook.kernel.magic.standard;

import java.util.Locale;

/** A time as a reader wants it: three digits and a unit. */
final class Nanos {

    private static final String[] UNITS = {"ns", "\u00b5s", "ms", "s"};

    private Nanos() {}

    /** The text of a time in nanoseconds. */
    static String text(double nanos) {
        double value = nanos;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
    }
}

package org.spdbook.data;

/**
 * A change of a picture by a severity, equal to Pillow 12.3 to the last bit. The scales of the severities are timm's ({@code
 * auto_augment.py}, the increasing set), in its order.
 */
enum Augmentation {
    /** Each channel is stretched from 0 to 255. */
    AUTO_CONTRAST(false) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Tones.autoContrast(picture);
        }
    },
    /** The values of each channel get as frequent as each other. */
    EQUALIZE(false) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Tones.equalized(picture);
        }
    },
    /** A negative. */
    INVERT(false) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Tones.solarized(picture, 0);
        }
    },
    /** Turned about its middle by up to 30 degrees. */
    ROTATE(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return severity == 0
                    ? picture
                    : Affine.rotation(severity * 30, picture).apply(picture, outside);
        }
    },
    /** Four bits of each value down to none. */
    POSTERIZE(false) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Tones.posterized(picture, 4 - (int) (severity * 4));
        }
    },
    /** Values from a threshold on are inverted: 256 down to 0. */
    SOLARIZE(false) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Tones.solarized(picture, 256 - Math.min(256, (int) (severity * 256)));
        }
    },
    /** Values below 128 rise by up to 110. */
    SOLARIZE_ADD(false) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Tones.raised(picture, (int) (severity * 110));
        }
    },
    /** Less or more colour. */
    COLOR(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Enhancement.color(picture, factor(severity));
        }
    },
    /** Less or more contrast. */
    CONTRAST(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Enhancement.contrast(picture, factor(severity));
        }
    },
    /** Darker or brighter. */
    BRIGHTNESS(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Enhancement.brightness(picture, factor(severity));
        }
    },
    /** Blurred or sharpened. */
    SHARPNESS(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return Enhancement.sharpness(picture, factor(severity));
        }
    },
    /** Each row moves against the one above by up to 0.3 of a pixel. */
    SHEAR_X(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return new Affine(1, severity * .3, 0, 0, 1, 0).apply(picture, outside);
        }
    },
    /** Each column moves against the one before by up to 0.3 of a pixel. */
    SHEAR_Y(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return new Affine(1, 0, 0, severity * .3, 1, 0).apply(picture, outside);
        }
    },
    /** Moved along the rows by up to 0.45 of the width. */
    TRANSLATE_X(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return new Affine(1, 0, severity * .45 * picture.width(), 0, 1, 0).apply(picture, outside);
        }
    },
    /** Moved along the columns by up to 0.45 of the height. */
    TRANSLATE_Y(true) {
        @Override
        Pixels apply(Pixels picture, double severity, byte[] outside) {
            return new Affine(1, 0, 0, 0, 1, severity * .45 * picture.height()).apply(picture, outside);
        }
    };

    private final boolean twoSides;

    Augmentation(boolean twoSides) {
        this.twoSides = twoSides;
    }

    /** Whether there is a change of the opposite kind, at a negative severity. */
    boolean hasTwoSides() {
        return twoSides;
    }

    /**
     * A changed picture; the given one stays as it is.
     *
     * @param picture RGB
     * @param severity 0 to 1, from -1 where it has two sides; looked at where there are degrees
     * @param outside colour of places that come from outside of the picture
     */
    abstract Pixels apply(Pixels picture, double severity, byte[] outside);

    private static float factor(double severity) {
        return (float) Math.max(.1, 1 + severity * .9);
    }
}

package org.spdbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** From bytes to what a model takes, by mean and standard deviation per channel: (value / 255 - mean) / deviation. */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits are those of the sources
public enum Normalization {
    /** What CLIP was pre-trained with (openai/CLIP, {@code clip.py}). */
    CLIP(new float[] {.48145466f, .4578275f, .40821073f}, new float[] {.26862954f, .26130258f, .27577711f}),
    /** What torchvision's models were pre-trained with. */
    IMAGENET(new float[] {.485f, .456f, .406f}, new float[] {.229f, .224f, .225f}),
    /** The DomainNet loaders of the paper's group (FTP, TPGM). */
    DOMAINNET(new float[] {.5964f, .5712f, .5336f}, new float[] {.3228f, .3165f, .3374f}),
    /** From -1 to 1, what SigLIP and PaliGemma were pre-trained with. */
    SIGLIP(new float[] {.5f, .5f, .5f}, new float[] {.5f, .5f, .5f});

    /** What each byte becomes, by channel: two divisions for every value of a picture took four times as long. */
    private final float[][] tables;

    private final float[] mean;

    Normalization(float[] mean, float[] deviation) {
        this.mean = mean;
        this.tables = new float[mean.length][256];
        for (int c = 0; c < mean.length; c++) {
            for (int level = 0; level < 256; level++) {
                tables[c][level] = (level / 255f - mean[c]) / deviation[c];
            }
        }
    }

    /** The word for it, lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Normalization::word).toList();
    }

    /**
     * The normalisation of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static Normalization of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "normalization " + word + " is not known; choose one of " + String.join(", ", words())));
    }

    /** The mean as a colour, each value rounded to a byte. */
    byte[] meanColour() {
        byte[] colour = new byte[mean.length];
        for (int c = 0; c < colour.length; c++) {
            colour[c] = (byte) (int) Math.rint(255.0 * mean[c]);
        }
        return colour;
    }

    /**
     * The values of an RGB picture, equal to torchvision's ToTensor and Normalize to the last bit.
     *
     * @return {@code [3, height, width]}, float32
     * @throws IllegalArgumentException if the picture has not three channels
     */
    public float[] apply(Pixels picture) {
        if (picture.channels() != Pixels.RGB) {
            throw new IllegalArgumentException("normalising needs an RGB picture, got a " + picture);
        }
        int plane = picture.height() * picture.width();
        byte[] values = picture.values();
        float[] result = new float[plane * Pixels.RGB];
        for (int c = 0; c < Pixels.RGB; c++) {
            float[] table = tables[c];
            int from = c;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                result[i] = table[values[from] & 0xFF];
                from += Pixels.RGB;
            }
        }
        return result;
    }
}

package org.spdbook.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Checksum;

/**
 * Semantic segmentation of PASCAL-Context's pictures with the 21 classes of PASCAL VOC, in the layout of the multi-task release ({@code
 * PASCAL_MT}): {@code JPEGImages/ID.jpg}, {@code semseg/VOC12/ID.png} whose values are classes, and lists of IDs in {@code
 * ImageSets/Context}. Reads lists only. Immutable and safe for several threads.
 */
public final class PascalVoc {

    /** The classes with the background; a value in a mask is a place in it. */
    public static final List<String> CLASSES = List.of(
            "background",
            "aeroplane",
            "bicycle",
            "bird",
            "boat",
            "bottle",
            "bus",
            "car",
            "cat",
            "chair",
            "cow",
            "diningtable",
            "dog",
            "horse",
            "motorbike",
            "person",
            "pottedplant",
            "sheep",
            "sofa",
            "train",
            "tvmonitor");

    /** Value of places that are not scored. */
    public static final int IGNORED = 255;

    private static final int HELD_OUT = 10;
    private static final String LISTS = "ImageSets/Context";
    private static final String PICTURES = "JPEGImages";
    private static final String MASKS = "semseg/VOC12";
    private static final List<String> PARTS = List.of("train", "val");

    private final Path root;
    private final Map<String, List<String>> lists;

    private PascalVoc(Path root, Map<String, List<String>> lists) {
        this.root = root;
        this.lists = lists;
    }

    /**
     * Reads the lists.
     *
     * @param root holds the folders
     * @throws IOException if a list or folder is missing or a list is empty, in one sentence
     */
    public static PascalVoc in(Path root) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String needed : List.of(LISTS + "/train.txt", LISTS + "/val.txt", PICTURES, MASKS)) {
            if (Files.notExists(root.resolve(needed))) {
                missing.add(needed);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("PASCAL was looked for in " + root + ", which has no " + String.join(", ", missing));
        }
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String part : PARTS) {
            List<String> names =
                    Files.readAllLines(root.resolve(LISTS).resolve(part + ".txt"), StandardCharsets.UTF_8).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
            if (names.isEmpty()) {
                throw new IOException("list " + LISTS + "/" + part + ".txt in " + root + " is empty; unpack it anew");
            }
            lists.put(part, names);
        }
        return new PascalVoc(root, lists);
    }

    /** The folder it was read from. */
    public Path root() {
        return root;
    }

    /** Names of pictures to train on: the training list without {@link #validation}. */
    public List<String> training(long seed) {
        return split(seed, false);
    }

    /** Names held out of the training list: a tenth, rounded down but at least one, drawn by the seed. */
    public List<String> validation(long seed) {
        return split(seed, true);
    }

    /** Names of pictures to test on: the list {@code val}. */
    public List<String> test() {
        return lists.getOrDefault("val", List.of());
    }

    private List<String> split(long seed, boolean heldOut) {
        List<String> all = lists.getOrDefault("train", List.of());
        int[] order = new Seeds(seed).stream("pascal validation", 0, 0).permutation(all.size());
        boolean[] drawn = new boolean[all.size()];
        for (int i = 0; i < Math.max(1, all.size() / HELD_OUT); i++) {
            drawn[order[i]] = true;
        }
        return IntStream.range(0, all.size())
                .filter(i -> drawn[i] == heldOut)
                .mapToObj(all::get)
                .toList();
    }

    /** SHA-256 over the lists, in hexadecimal; pictures are not looked at. */
    public String checksum() {
        return Checksum.of(
                (String.join("\n", lists.getOrDefault("train", List.of())) + "\n\n" + String.join("\n", test()))
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A picture.
     *
     * @throws IOException if it is missing or does not decode
     */
    public Pixels picture(String name) throws IOException {
        return ImageFile.rgb(existing(PICTURES + "/" + name + ".jpg"));
    }

    /**
     * The class of each pixel of a picture, one channel: 0 to 20, or {@link #IGNORED}.
     *
     * @throws IOException if the file is missing, does not decode, has colours instead of classes, or a value that is no class
     */
    public Pixels mask(String name) throws IOException {
        Path file = existing(MASKS + "/" + name + ".png");
        @Nullable BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) {
            throw new IOException("mask " + file + " does not decode; get it anew", e);
        }
        if (image == null || image.getRaster().getNumBands() != 1) {
            throw new IOException("mask " + file + " should be a PNG with one value per pixel, found "
                    + (image == null ? "no picture" : image.getRaster().getNumBands() + " channels") + "; get it anew");
        }
        Raster values = image.getRaster();
        int[] classes = values.getSamples(0, 0, values.getWidth(), values.getHeight(), 0, (int[]) null);
        byte[] bytes = new byte[classes.length];
        for (int i = 0; i < bytes.length; i++) {
            if (classes[i] >= CLASSES.size() && classes[i] != IGNORED) {
                throw new IOException("mask " + file + " has the value " + classes[i] + ", which is no class: 0 to "
                        + (CLASSES.size() - 1) + ", or " + IGNORED + " for places that are not scored; get it anew");
            }
            bytes[i] = (byte) classes[i];
        }
        return new Pixels(image.getHeight(), image.getWidth(), Pixels.L, bytes);
    }

    /**
     * A picture with its mask.
     *
     * @throws IOException as {@link #picture} and {@link #mask}, and if their sizes differ
     */
    public SegmentationTransform.Pair pair(String name) throws IOException {
        Pixels picture = picture(name);
        Pixels mask = mask(name);
        if (picture.height() != mask.height() || picture.width() != mask.width()) {
            throw new IOException("picture " + name + " in " + root + " is a " + picture + ", its mask a " + mask
                    + "; get both anew");
        }
        return new SegmentationTransform.Pair(picture, mask);
    }

    private Path existing(String name) throws IOException {
        Path file = root.resolve(name);
        if (Files.notExists(file)) {
            throw new IOException(name + " is in the lists but not in " + root + "; unpack the whole archive there");
        }
        return file;
    }
}

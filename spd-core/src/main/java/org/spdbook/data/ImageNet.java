package org.spdbook.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Checksum;

/**
 * ImageNet-1K (Russakovsky et al., IJCV 2015) with the four variants of the paper's Table 3, as published: a folder of pictures per
 * class. The classes are the folders of {@code imagenet/train} in order; a label is a place among them. Lists folders only. Immutable
 * and safe for several threads.
 */
public final class ImageNet {

    /** Classes of the whole data set. */
    public static final int CLASSES = 1000;

    /** One in so many training pictures is held out for validation. */
    private static final int HELD_OUT = 50;

    private static final List<String> ENDINGS = List.of(".jpeg", ".jpg", ".png");

    /** A part with its folder. */
    public enum Part {
        /** What is trained on. */
        TRAIN("imagenet/train"),
        /** The validation set of the data set, which is tested on. */
        VAL("imagenet/val"),
        /** ImageNetV2, matched frequency (Recht et al., ICML 2019); its folders are numbers of classes. */
        V2("imagenetv2-matched-frequency-format-val"),
        /** ImageNet-A, adversarial (Hendrycks et al., CVPR 2021): 200 of the classes. */
        A("imagenet-a"),
        /** ImageNet-R, renditions (Hendrycks et al., ICCV 2021): 200 of the classes. */
        R("imagenet-r"),
        /** ImageNet-Sketch (Wang et al., NeurIPS 2019). */
        SKETCH("sketch");

        private final String folder;

        Part(String folder) {
            this.folder = folder;
        }

        /** The folder below that of the data sets. */
        public String folder() {
            return folder;
        }

        /** The word for it as a test set: {@code imagenet} for the validation set, else its lower-case name. */
        public String word() {
            return this == VAL ? "imagenet" : name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path root;
    private final List<String> classes;
    private final Map<Part, List<LabelledFile>> files;

    private ImageNet(Path root, List<String> classes, Map<Part, List<LabelledFile>> files) {
        this.root = root;
        this.classes = classes;
        this.files = files;
    }

    /**
     * Lists the folders, which takes a while for all of it.
     *
     * @param root holds the folders of all parts
     * @throws IOException if one is missing or holds what it should not, in one sentence
     */
    public static ImageNet in(Path root) throws IOException {
        List<String> missing = Arrays.stream(Part.values())
                .map(Part::folder)
                .filter(folder -> !Files.isDirectory(root.resolve(folder)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException("ImageNet and its variants were looked for in " + root + ", which has no folder "
                    + String.join(", ", missing));
        }
        List<String> classes = folders(root.resolve(Part.TRAIN.folder));
        if (classes.size() < 2) {
            throw new IOException("ImageNet's training pictures were looked for in " + root.resolve(Part.TRAIN.folder)
                    + ", which has " + classes.size() + " folders of classes; unpack the archive of each class there");
        }
        Map<Part, List<LabelledFile>> files = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            files.put(part, list(root, part, classes));
        }
        return new ImageNet(root, List.copyOf(classes), files);
    }

    private static List<String> folders(Path of) throws IOException {
        try (var paths = Files.list(of)) {
            return paths.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<LabelledFile> list(Path root, Part part, List<String> classes) throws IOException {
        List<LabelledFile> files = new ArrayList<>();
        for (String folder : folders(root.resolve(part.folder))) {
            int label = part == Part.V2 ? number(folder, classes.size()) : classes.indexOf(folder);
            if (label < 0) {
                throw new IOException("folder " + part.folder + "/" + folder + " in " + root + " is of no class: "
                        + (part == Part.V2
                                ? "it should be 0 to " + (classes.size() - 1)
                                : Part.TRAIN.folder + " has no folder of this name")
                        + "; unpack the whole archives, or take it away");
            }
            try (var paths = Files.list(root.resolve(part.folder).resolve(folder))) {
                paths.map(path -> path.getFileName().toString())
                        .filter(name -> ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith))
                        .sorted()
                        .forEach(name -> files.add(new LabelledFile(part.folder + "/" + folder + "/" + name, label)));
            }
        }
        if (files.isEmpty()) {
            throw new IOException("folder " + root.resolve(part.folder) + " has no pictures; unpack its archive there");
        }
        return List.copyOf(files);
    }

    private static int number(String folder, int classes) {
        return folder.matches("\\d{1,4}") && Integer.parseInt(folder) < classes ? Integer.parseInt(folder) : -1;
    }

    /** The folder that holds those of all parts. */
    public Path root() {
        return root;
    }

    /** Names of the folders of the classes (WordNet ids); a label is a place in it. */
    public List<String> classes() {
        return classes;
    }

    /** Pictures of a part; of {@link Part#TRAIN} all, those held out included. */
    public List<LabelledFile> files(Part part) {
        return Objects.requireNonNull(files.get(part));
    }

    /** The classes that a part has pictures of. */
    public SortedSet<Integer> labels(Part part) {
        SortedSet<Integer> labels = new TreeSet<>();
        files(part).forEach(file -> labels.add(file.label()));
        return labels;
    }

    /** Pictures to train on: those without {@link #validation}. */
    public List<LabelledFile> training(long seed) {
        return split(seed, false);
    }

    /** Training pictures held out: one in fifty, rounded down but at least one, drawn by the seed. */
    public List<LabelledFile> validation(long seed) {
        return split(seed, true);
    }

    private List<LabelledFile> split(long seed, boolean heldOut) {
        List<LabelledFile> all = files(Part.TRAIN);
        int[] order = new Seeds(seed).stream("imagenet validation", 0, 0).permutation(all.size());
        boolean[] drawn = new boolean[all.size()];
        for (int i = 0; i < Math.max(1, all.size() / HELD_OUT); i++) {
            drawn[order[i]] = true;
        }
        return IntStream.range(0, all.size())
                .filter(i -> drawn[i] == heldOut)
                .mapToObj(all::get)
                .toList();
    }

    /** SHA-256 over the names of all files, in hexadecimal; pictures are not looked at. */
    public String checksum() {
        StringBuilder sums = new StringBuilder();
        files.forEach((part, list) -> {
            StringBuilder names = new StringBuilder();
            list.forEach(file ->
                    names.append(file.name()).append(' ').append(file.label()).append('\n'));
            sums.append(Checksum.of(names.toString().getBytes(StandardCharsets.UTF_8)));
        });
        return Checksum.of(sums.toString().getBytes(StandardCharsets.US_ASCII));
    }
}

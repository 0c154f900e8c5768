package org.spdbook.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Checksum;

/**
 * DomainNet (Peng et al., Moment Matching for Multi-Source Domain Adaptation, ICCV 2019) as published: a folder per domain and
 * two lists per domain, {@code splits/clipart_train.txt} or the same beside the folders, with lines {@code
 * clipart/aircraft_carrier/clipart_001_000018.jpg 0}. Reads lists only. A class may have no picture in some domain
 * (painting has no t-shirt to train on). Immutable and safe for several threads.
 */
public final class DomainNet {

    /** The six domains. */
    public static final List<String> DOMAINS =
            List.of("clipart", "infograph", "painting", "quickdraw", "real", "sketch");

    /** Classes of the whole data set. */
    public static final int CLASSES = 345;

    /** One in so many training pictures is held out for validation, as in the lists of FTP. */
    private static final int HELD_OUT = 10;

    private final Path root;
    private final List<String> classes;
    private final Map<String, List<LabelledFile>> lists;
    private final Map<String, Integer> sizes;

    private DomainNet(
            Path root, List<String> classes, Map<String, List<LabelledFile>> lists, Map<String, Integer> sizes) {
        this.root = root;
        this.classes = classes;
        this.lists = lists;
        this.sizes = sizes;
    }

    /**
     * Reads the lists.
     *
     * @param root holds the folders of the domains and the lists
     * @throws IOException if a list is missing or wrong, in one sentence
     */
    public static DomainNet in(Path root) throws IOException {
        Map<String, Path> files = DomainNetList.find(root);
        var names = new ClassNames();
        Map<String, List<LabelledFile>> lists = new LinkedHashMap<>();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            List<LabelledFile> list = DomainNetList.read(file.getValue(), file.getKey(), names);
            lists.put(file.getKey(), list);
            sizes.put(file.getKey(), list.size());
        }
        return new DomainNet(root, names.inOrder(), lists, sizes);
    }

    /** The folder it was read from. */
    public Path root() {
        return root;
    }

    /** Names of the classes; a label is a place in it. */
    public List<String> classes() {
        return classes;
    }

    /** Lines of each published list, {@code clipart_train} to {@code sketch_test}, whatever part of them is used. */
    public Map<String, Integer> sizes() {
        return Map.copyOf(sizes);
    }

    /** The release whose lists have these numbers of lines, if there is one. */
    public Optional<DomainNetRelease> release() {
        return DomainNetRelease.of(sizes);
    }

    /** SHA-256 over the lines of all lists, in hexadecimal; pictures are not looked at. */
    public String checksum() {
        StringBuilder sums = new StringBuilder();
        lists.forEach((name, list) -> {
            StringBuilder lines = new StringBuilder(name);
            list.forEach(
                    file -> lines.append('\n').append(file.name()).append(' ').append(file.label()));
            sums.append(Checksum.of(lines.toString().getBytes(StandardCharsets.UTF_8)));
        });
        return Checksum.of(sums.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** All lists by name, in the order of {@link #DOMAINS}, train before test. */
    Map<String, List<LabelledFile>> lists() {
        return lists;
    }

    /** Pictures of a domain to train on: its training list without {@link #validation}. */
    public List<LabelledFile> training(String domain, long seed) {
        return split(domain, seed, false);
    }

    /** Pictures of a domain held out of its training list: a tenth, rounded down, drawn by the seed, in the list's order. */
    public List<LabelledFile> validation(String domain, long seed) {
        return split(domain, seed, true);
    }

    /** Pictures of a domain to test on. */
    public List<LabelledFile> test(String domain) {
        return list(domain, DomainNetList.TEST);
    }

    private List<LabelledFile> split(String domain, long seed, boolean heldOut) {
        List<LabelledFile> all = list(domain, DomainNetList.TRAIN);
        boolean[] drawn = drawn(all.size(), all.size() / HELD_OUT, "domainnet validation " + domain, seed);
        return IntStream.range(0, all.size())
                .filter(i -> drawn[i] == heldOut)
                .mapToObj(all::get)
                .toList();
    }

    private static boolean[] drawn(int size, int count, String purpose, long seed) {
        int[] order = new Seeds(seed).stream(purpose, 0, 0).permutation(size);
        boolean[] drawn = new boolean[size];
        for (int i = 0; i < count; i++) {
            drawn[order[i]] = true;
        }
        return drawn;
    }

    private List<LabelledFile> list(String domain, String part) {
        List<LabelledFile> list = lists.get(domain + part);
        if (list == null) {
            throw new IllegalArgumentException(
                    "domain " + domain + " is not one of DomainNet's; choose one of " + String.join(", ", DOMAINS));
        }
        return list;
    }

    /**
     * A part of it, the same for every seed: the first classes by label, and of every list the same share of what these have.
     *
     * @param count classes to keep, at least 1
     * @param fraction share of the pictures, above 0, at most 1; at least one picture of a list that has some stays
     */
    public DomainNet part(int count, double fraction) {
        if (count < 1 || count > classes.size() || !(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a part of DomainNet has 1.." + classes.size()
                    + " classes and a fraction above 0 and at most 1, got classes " + count + ", fraction " + fraction);
        }
        Map<String, List<LabelledFile>> parts = new LinkedHashMap<>();
        lists.forEach((name, list) -> {
            List<LabelledFile> kept =
                    list.stream().filter(file -> file.label() < count).toList();
            int wanted = (int) Math.max(Math.min(1, kept.size()), Math.round(kept.size() * fraction));
            boolean[] drawn = drawn(kept.size(), wanted, "domainnet part " + name, 0);
            List<LabelledFile> part = new ArrayList<>();
            for (int i = 0; i < drawn.length; i++) {
                if (drawn[i]) {
                    part.add(kept.get(i));
                }
            }
            parts.put(name, List.copyOf(part));
        });
        return new DomainNet(root, classes.subList(0, count), parts, sizes);
    }

    /**
     * The picture of a file, see {@link ImageFile}.
     *
     * @throws IOException if it is missing or does not decode
     */
    public Pixels picture(LabelledFile file) throws IOException {
        Path path = root.resolve(file.name());
        if (Files.notExists(path)) {
            throw new IOException("picture " + file.name() + " is in the lists but not in " + root
                    + "; unpack the archive of its domain there");
        }
        return ImageFile.rgb(path);
    }
}

package org.spdbook.data.commonsense;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Checksum;

/**
 * Commonsense reasoning as in the paper's Table 5: one training file made of eight data sets, and a test set of each (see {@link
 * CommonsenseFiles}). A file may be a part of the published one. Immutable and safe for several threads.
 */
public final class Commonsense {

    /** Training records that are held out for validation, as in LLM-Adapters. */
    public static final int HELD_OUT = 120;

    /** Of a part of the training file, at most one in so many records is held out. */
    private static final int PART_HELD_OUT = 10;

    private final Path root;
    private final List<CommonsenseItem> training;
    private final Map<CommonsenseSet, List<CommonsenseItem>> tests;

    private Commonsense(Path root, List<CommonsenseItem> training, Map<CommonsenseSet, List<CommonsenseItem>> tests) {
        this.root = root;
        this.training = training;
        this.tests = tests;
    }

    /**
     * Reads all files, which takes a few seconds and about 120 MB of memory for the published ones.
     *
     * @param root see {@link CommonsenseFiles}
     * @throws IOException if a file is missing, wrong or too short, in one sentence
     */
    public static Commonsense in(Path root) throws IOException {
        var files = new CommonsenseFiles(root);
        files.require();
        Map<CommonsenseSet, List<CommonsenseItem>> tests = new EnumMap<>(CommonsenseSet.class);
        for (CommonsenseSet set : CommonsenseSet.values()) {
            tests.put(set, atLeast(1, files.test(set), files.readTest(set)));
        }
        return new Commonsense(root, atLeast(2, files.training(), files.readTraining()), tests);
    }

    private static List<CommonsenseItem> atLeast(int count, Path file, List<CommonsenseItem> items) throws IOException {
        if (items.size() < count) {
            throw new IOException(file + " should have at least " + count + (count == 1 ? " record" : " records")
                    + ", it has " + items.size() + "; get the file anew");
        }
        return items;
    }

    /** The folder it was read from. */
    public Path root() {
        return root;
    }

    /** Records to train on: all without {@link #validation}, in the order of the file. */
    public List<CommonsenseItem> training(long seed) {
        return split(seed, false);
    }

    /**
     * Training records held out, in the order of the file: 120, drawn by the seed; of fewer than 1,200 records a tenth, rounded down but at
     * least one.
     */
    public List<CommonsenseItem> validation(long seed) {
        return split(seed, true);
    }

    /** Records of a set to test on, in the order of the file. */
    public List<CommonsenseItem> test(CommonsenseSet set) {
        return Objects.requireNonNull(tests.get(set));
    }

    private List<CommonsenseItem> split(long seed, boolean heldOut) {
        int size = training.size();
        int[] order = new Seeds(seed).stream("commonsense validation", 0, 0).permutation(size);
        boolean[] drawn = new boolean[size];
        for (int i = 0; i < Math.max(1, Math.min(HELD_OUT, size / PART_HELD_OUT)); i++) {
            drawn[order[i]] = true;
        }
        return IntStream.range(0, size)
                .filter(i -> drawn[i] == heldOut)
                .mapToObj(training::get)
                .toList();
    }

    /** Training records of each form, those held out included. */
    public Map<CommonsenseForm, Integer> trainingSizes() {
        Map<CommonsenseForm, Integer> sizes = new EnumMap<>(CommonsenseForm.class);
        training.forEach(
                item -> CommonsenseForm.of(item.answer()).ifPresent(form -> sizes.merge(form, 1, Integer::sum)));
        return Collections.unmodifiableMap(sizes);
    }

    /** SHA-256 over all records in their order, in hexadecimal; white space between them makes no difference. */
    public String checksum() {
        MessageDigest digest = Checksum.sha256();
        update(digest, training);
        tests.values().forEach(test -> update(digest, test));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, List<CommonsenseItem> items) {
        for (CommonsenseItem item : items) {
            for (String text : List.of(item.instruction(), item.output(), item.answer())) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0xFF); // is in no text in UTF-8
            }
        }
        digest.update((byte) 0xFE);
    }
}

package org.spdbook.data.vqa;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Checksum;

/**
 * Visual question answering as in the paper's Table 6: VQAv2 to train on, ten sets to test on (see {@link VqaFiles}). A set is read when it
 * is first asked for and kept; pictures are not looked at. Safe for several threads.
 */
public final class Vqa {

    /** One in so many training pictures is held out for validation, with its questions. */
    private static final int HELD_OUT = 100;

    private final VqaFiles files;
    private final Map<VqaSet, VqaPart> tests = new EnumMap<>(VqaSet.class);
    private @Nullable VqaPart training;

    private Vqa(VqaFiles files) {
        this.files = files;
    }

    /**
     * Looks for the files.
     *
     * @param root see {@link VqaFiles}
     * @throws IOException if no set is there, in one sentence
     */
    public static Vqa in(Path root) throws IOException {
        var files = new VqaFiles(root);
        if (!Files.isDirectory(root) || files.sets().isEmpty() && !files.hasTraining()) {
            throw new IOException(files.lacking(VqaSet.VQAV2));
        }
        return new Vqa(files);
    }

    /** The folder it is read from. */
    public Path root() {
        return files.root();
    }

    /** Sets whose files are there. */
    public List<VqaSet> sets() {
        return files.sets();
    }

    /**
     * Asks for what is needed.
     *
     * @param needed sets to test on
     * @throws IOException if the training set or one of these is not there, with a sentence for each
     */
    public void require(Collection<VqaSet> needed) throws IOException {
        List<String> lacking = Stream.concat(
                        Stream.of(files).filter(all -> !all.hasTraining()).map(VqaFiles::lackingTraining),
                        needed.stream().filter(set -> !sets().contains(set)).map(files::lacking))
                .toList();
        if (!lacking.isEmpty()) {
            throw new IOException(String.join("; and ", lacking));
        }
    }

    /**
     * Questions to train on, in the order of the files: all without {@link #validation}.
     *
     * @param seed draws what is held out
     * @throws IOException if files are missing or broken, in one sentence
     */
    public List<VqaItem> training(VqaTraining on, long seed) throws IOException {
        List<VqaItem> own = split(seed, false);
        return on == VqaTraining.TRAIN
                ? own
                : Stream.concat(own.stream(), test(VqaSet.VQAV2).stream()).toList();
    }

    /**
     * Questions held out of VQAv2's training set, in the order of the file: all about one in a hundred of its pictures, rounded down but at
     * least one, drawn by the seed.
     *
     * @throws IOException if files are missing or broken, in one sentence
     */
    public List<VqaItem> validation(long seed) throws IOException {
        return split(seed, true);
    }

    /**
     * Questions of a set to test on, in the order of the file; at least one.
     *
     * @throws IOException if files are missing or broken, or none of their questions can be used, in one sentence
     */
    public List<VqaItem> test(VqaSet set) throws IOException {
        VqaPart part = part(set);
        if (part.items().isEmpty()) {
            throw new IOException("no question of " + set.word() + " in " + root() + " can be used, found "
                    + (part.findings().sentences().isEmpty()
                            ? "an empty list"
                            : String.join("; ", part.findings().sentences())));
        }
        return part.items();
    }

    /**
     * What was wrong with the training set and with some test sets.
     *
     * @throws IOException if files are missing or broken, in one sentence
     */
    public synchronized VqaFindings findings(Collection<VqaSet> sets) throws IOException {
        List<VqaFindings> all = new ArrayList<>(List.of(trainingPart().findings()));
        for (VqaSet set : sets) {
            all.add(part(set).findings());
        }
        return VqaFindings.of(all);
    }

    /**
     * SHA-256 over the questions to train on, those held out included, and over those of some test sets in their order, in hexadecimal; white
     * space and the layout of the files make no difference where ids, names of pictures and answer types are the same.
     *
     * @throws IOException if files are missing or broken, in one sentence
     */
    public String checksum(Collection<VqaSet> sets) throws IOException {
        MessageDigest digest = Checksum.sha256();
        update(digest, trainingPart().items());
        for (VqaSet set : sets) {
            update(digest, test(set));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, List<VqaItem> items) {
        for (VqaItem item : items) {
            Stream.concat(
                            Stream.of(item.id(), item.question(), item.picture(), item.answerType()),
                            item.answers().stream())
                    .forEach(text -> {
                        digest.update(text.getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) 0xFF); // is in no text in UTF-8
                    });
            digest.update((byte) 0xFE);
        }
        digest.update((byte) 0xFD);
    }

    private synchronized VqaPart part(VqaSet set) throws IOException {
        @Nullable VqaPart part = tests.get(set);
        if (part == null) {
            part = files.readTest(set);
            tests.put(set, part);
        }
        return part;
    }

    private synchronized VqaPart trainingPart() throws IOException {
        if (training == null) {
            training = files.readTraining();
        }
        return training;
    }

    private List<VqaItem> split(long seed, boolean heldOut) throws IOException {
        List<VqaItem> items = trainingPart().items();
        List<String> pictures =
                List.copyOf(items.stream().map(VqaItem::picture).collect(LinkedHashSet::new, Set::add, Set::addAll));
        int[] order = new Seeds(seed).stream("vqa validation", 0, 0).permutation(pictures.size());
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < Math.min(pictures.size(), Math.max(1, pictures.size() / HELD_OUT)); i++) {
            drawn.add(pictures.get(order[i]));
        }
        return items.stream()
                .filter(item -> drawn.contains(item.picture()) == heldOut)
                .toList();
    }
}

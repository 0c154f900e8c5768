package org.spdbook.data.vqa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.ImageFile;

/**
 * What the files of a folder are like. Numbers of questions that are not the published ones are shown but are no problem, since a part of a
 * set can be used too.
 *
 * @param training questions to train on; empty if the set is not there
 * @param tests questions of each test set that is there
 * @param lacking a sentence for each set that is not there
 * @param pictures different pictures that are named
 * @param decoded whether the pictures were decoded, not only looked for
 * @param findings what was wrong
 */
public record VqaCheck(
        OptionalInt training,
        Map<VqaSet, Integer> tests,
        List<String> lacking,
        int pictures,
        boolean decoded,
        VqaFindings findings) {

    public VqaCheck {
        Map<VqaSet, Integer> copy = new EnumMap<>(VqaSet.class);
        copy.putAll(tests);
        tests = Collections.unmodifiableMap(copy);
        lacking = List.copyOf(lacking);
    }

    /** What is done with the pictures. */
    public enum Pictures {
        /** They are looked for. */
        LOOK_FOR,
        /** They are decoded, on all cores. */
        DECODE
    }

    /**
     * Reads every set that is there, then every picture once; goes on where one is wrong.
     *
     * @param root see {@link VqaFiles}
     * @param progress told how many are done of the eleven sets and, after them, of the pictures, from any thread
     */
    public static VqaCheck of(Path root, Pictures pictures, IntConsumer progress) {
        var look = new Look(new VqaFiles(root), progress);
        look.training();
        for (VqaSet set : VqaSet.values()) {
            look.test(set);
        }
        look.pictures(pictures);
        return new VqaCheck(
                look.training,
                look.tests,
                List.copyOf(look.lacking),
                look.pictures.size(),
                pictures == Pictures.DECODE,
                look.findings());
    }

    private record Finding(VqaProblem kind, String sentence) {}

    private static final class Look {
        private final VqaFiles files;
        private final IntConsumer progress;
        private final AtomicInteger done = new AtomicInteger();
        private final Map<VqaSet, Integer> tests = new EnumMap<>(VqaSet.class);
        private final Set<String> lacking = new LinkedHashSet<>();
        private final Set<Path> pictures = new LinkedHashSet<>();
        private final VqaFindings.Count own = new VqaFindings.Count();
        private final List<VqaFindings> read = new ArrayList<>();
        private OptionalInt training = OptionalInt.empty();

        Look(VqaFiles files, IntConsumer progress) {
            this.files = files;
            this.progress = progress;
        }

        void training() {
            if (files.hasTraining()) {
                training = OptionalInt.of(count(files::readTraining));
            } else {
                lacking.add(files.lackingTraining());
            }
            progress.accept(done.incrementAndGet());
        }

        void test(VqaSet set) {
            if (files.sets().contains(set)) {
                tests.put(set, count(() -> files.readTest(set)));
            } else {
                lacking.add(files.lacking(set));
            }
            progress.accept(done.incrementAndGet());
        }

        private int count(Reading reading) {
            try {
                VqaPart part = reading.read();
                read.add(part.findings());
                for (VqaItem item : part.items()) {
                    image(item);
                }
                return part.items().size();
            } catch (IOException e) {
                own.add(VqaProblem.BROKEN_FILE, String.valueOf(e.getMessage()));
                return 0;
            }
        }

        private void image(VqaItem item) {
            try {
                pictures.add(item.image());
            } catch (InvalidPathException e) {
                own.add(
                        VqaProblem.NO_PICTURE,
                        "question " + item.id() + " names the picture \"" + item.picture()
                                + "\", which can be no file here; get the file anew");
            }
        }

        void pictures(Pictures how) {
            List<Finding> findings = pictures.parallelStream()
                    .map(picture -> {
                        @Nullable Finding finding = look(picture, how);
                        progress.accept(done.incrementAndGet());
                        return Optional.ofNullable(finding);
                    })
                    .flatMap(Optional::stream)
                    .toList();
            findings.forEach(finding -> own.add(finding.kind, finding.sentence));
        }

        private static @Nullable Finding look(Path picture, Pictures how) {
            if (!Files.isRegularFile(picture)) {
                return new Finding(
                        VqaProblem.NO_PICTURE, picture + " is not there; unpack the archive of its folder anew");
            }
            try {
                if (how == Pictures.DECODE) {
                    ImageFile.rgb(picture);
                }
                return null;
            } catch (IOException e) {
                return new Finding(VqaProblem.BROKEN_PICTURE, String.valueOf(e.getMessage()));
            }
        }

        VqaFindings findings() {
            read.add(own.findings());
            return VqaFindings.of(read);
        }
    }

    @FunctionalInterface
    private interface Reading {
        VqaPart read() throws IOException;
    }

    /** Whether every set is there, and all questions and pictures can be used as far as they were looked at. */
    public boolean isComplete() {
        return lacking.isEmpty() && findings.isHarmless();
    }

    /** What was found, in the order to be shown: what to what. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("questions to train on, vqav2", of(training, OptionalInt.of(VqaSet.TRAINING_SIZE)));
        for (VqaSet set : VqaSet.values()) {
            @Nullable Integer found = tests.get(set);
            facts.put(
                    "questions to test on, " + set.word(),
                    of(found == null ? OptionalInt.empty() : OptionalInt.of(found), set.testSize()));
        }
        facts.put("pictures", size(pictures) + (decoded ? ", each one tried" : ", looked for, not decoded"));
        for (VqaProblem kind : VqaProblem.values()) {
            facts.put(kind.words(), size(findings.count(kind)));
        }
        List<String> sentences = new ArrayList<>(lacking);
        sentences.addAll(findings.sentences());
        facts.put("problems", sentences.isEmpty() ? "none" : String.join(" | ", sentences));
        return facts;
    }

    private static String of(OptionalInt found, OptionalInt published) {
        if (found.isEmpty()) {
            return "not there";
        }
        return published.isEmpty() || published.getAsInt() == found.getAsInt()
                ? size(found.getAsInt())
                : size(found.getAsInt()) + ", published are " + size(published.getAsInt());
    }

    private static String size(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }
}

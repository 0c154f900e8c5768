package org.spdbook.data.commonsense;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * What the records of a folder are like. Numbers of records that are not the published ones are shown but are no problem, since a part of a
 * file can be used too.
 *
 * @param training right records of the training file, by form
 * @param tests right records of each test file
 * @param problems a sentence for every file or record that cannot be used
 * @param otherBeginnings records whose instruction does not begin as usual for the form of their answer
 * @param otherOutputs records whose output is not {@code the correct answer is LABEL} with the label of their answer
 */
public record CommonsenseCheck(
        Map<CommonsenseForm, Integer> training,
        Map<CommonsenseSet, Integer> tests,
        List<String> problems,
        int otherBeginnings,
        int otherOutputs) {

    private static final int NAMED = 5;

    public CommonsenseCheck {
        training = Collections.unmodifiableMap(new EnumMap<>(training));
        tests = Collections.unmodifiableMap(new EnumMap<>(tests));
        problems = List.copyOf(problems);
    }

    /**
     * Reads every record once; goes on where one is wrong.
     *
     * @param root see {@link CommonsenseFiles}
     * @param progress told how many of the nine files are done
     */
    public static CommonsenseCheck of(Path root, IntConsumer progress) {
        var files = new CommonsenseFiles(root);
        var count = new Count();
        count.read(files::require);
        int done = 0;
        for (CommonsenseSet set : CommonsenseSet.values()) {
            count.tests.put(set, 0);
            count.read(
                    files.test(set),
                    () -> files.readTest(
                            set,
                            item -> {
                                count.tests.merge(set, 1, Integer::sum);
                                count.look(set.form(), item);
                            },
                            count.problems::add));
            progress.accept(++done);
        }
        for (CommonsenseForm form : CommonsenseForm.values()) {
            count.training.put(form, 0);
        }
        count.read(
                files.training(),
                () -> files.readTraining(
                        item -> CommonsenseForm.of(item.answer()).ifPresent(form -> {
                            count.training.merge(form, 1, Integer::sum);
                            count.look(form, item);
                        }),
                        count.problems::add));
        progress.accept(++done);
        return new CommonsenseCheck(
                count.training, count.tests, count.problems, count.otherBeginnings, count.otherOutputs);
    }

    private static final class Count {
        private final Map<CommonsenseForm, Integer> training = new EnumMap<>(CommonsenseForm.class);
        private final Map<CommonsenseSet, Integer> tests = new EnumMap<>(CommonsenseSet.class);
        private final List<String> problems = new ArrayList<>();
        private int otherBeginnings;
        private int otherOutputs;

        void read(Reading file) {
            try {
                file.read();
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }

        /** Does not say again that a file is missing. */
        void read(Path file, Reading reading) {
            if (Files.isRegularFile(file)) {
                read(reading);
            }
        }

        void look(CommonsenseForm form, CommonsenseItem item) {
            otherBeginnings += item.instruction().startsWith(form.beginning()) ? 0 : 1;
            otherOutputs += item.output().equals("the correct answer is " + item.answer()) ? 0 : 1;
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read() throws IOException;
    }

    /** Whether every file is there and every record can be used. */
    public boolean isComplete() {
        return problems.isEmpty();
    }

    /** What was found, in the order to be shown: what to what. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        training.forEach((form, found) -> facts.put(
                "records to train on, "
                        + form.sets().stream().map(CommonsenseSet::word).collect(Collectors.joining(" + ")),
                of(found, form.trainingSize())));
        facts.put(
                "records to train on, all",
                of(training.values().stream().mapToInt(i -> i).sum(), CommonsenseFiles.TRAINING_SIZE));
        tests.forEach((set, found) -> facts.put("records to test on, " + set.word(), of(found, set.testSize())));
        facts.put("questions of another form than their answer", size(otherBeginnings));
        facts.put("outputs that do not name their answer", size(otherOutputs));
        facts.put(
                "problems",
                problems.isEmpty()
                        ? "none"
                        : size(problems.size()) + ": "
                                + problems.stream().limit(NAMED).collect(Collectors.joining("; "))
                                + (problems.size() > NAMED ? "; ..." : ""));
        return facts;
    }

    private static String of(int found, int published) {
        return found == published ? size(found) : size(found) + ", published are " + size(published);
    }

    private static String size(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }
}

package org.spdbook.data.commonsense;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The nine files of LLM-Adapters (Hu et al., EMNLP 2023): {@code commonsense_170k.json}, in the folder itself or in {@code
 * ft-training_set} as in its repository, and {@code dataset/SET/test.json} for each set. A file is a JSON array of records {@code
 * {"instruction", "input", "output", "answer"}}.
 *
 * @param root holds them
 */
public record CommonsenseFiles(Path root) {

    /** Records of the whole training file. */
    public static final int TRAINING_SIZE = 170_420;

    private static final String TRAINING = "commonsense_170k.json";

    /** How the files are to be had, for errors and facts. */
    public static final String SOURCE =
            "the test sets are in the folder dataset of the repository AGI-Edgerunners/LLM-Adapters on GitHub"
                    + " and the training file in its folder ft-training_set, which is also the data set zwhe99/commonsense_170k"
                    + " on the Hugging Face hub; a clone of that repository will do";

    /** Where the training file is, or where it is looked for first if it is not there. */
    public Path training() {
        Path below = root.resolve("ft-training_set").resolve(TRAINING);
        Path beside = root.resolve(TRAINING);
        return Files.isRegularFile(below) && !Files.isRegularFile(beside) ? below : beside;
    }

    /** Where the test file of a set is looked for. */
    public Path test(CommonsenseSet set) {
        return root.resolve("dataset").resolve(set.word()).resolve("test.json");
    }

    /** Files that are not there, the training file first, as names in the folder. */
    public List<String> missing() {
        return Stream.concat(
                        Stream.of(training()),
                        Stream.of(CommonsenseSet.values()).map(this::test))
                .filter(file -> !Files.isRegularFile(file))
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .toList();
    }

    /**
     * Does nothing if all files are there.
     *
     * @throws IOException if not: which were looked for, where, and how to get them
     */
    public void require() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(
                    "the commonsense data was looked for in the folder " + root + ", which is not there; " + SOURCE);
        }
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new IOException("the commonsense data was looked for in " + root + ", which lacks " + missing.size()
                    + " of 9 files: " + String.join(", ", missing) + "; " + SOURCE);
        }
    }

    /**
     * Records to train on, in the order of the file; the whole file takes about 100 MB of memory.
     *
     * @throws IOException if the file is missing or a record is wrong, in one sentence
     */
    public List<CommonsenseItem> readTraining() throws IOException {
        List<CommonsenseItem> items = new ArrayList<>();
        readTraining(items::add, CommonsenseFiles::refuse);
        return List.copyOf(items);
    }

    /**
     * Records of a set to test on, in the order of the file.
     *
     * @throws IOException if the file is missing or a record is wrong, in one sentence
     */
    public List<CommonsenseItem> readTest(CommonsenseSet set) throws IOException {
        List<CommonsenseItem> items = new ArrayList<>();
        readTest(set, items::add, CommonsenseFiles::refuse);
        return List.copyOf(items);
    }

    /** As {@link #readTraining()}, a record at a time; what is wrong with one is for the caller. */
    void readTraining(Consumer<CommonsenseItem> items, CommonsenseRecords.Problems problems) throws IOException {
        read(training(), CommonsenseForm.allLabels(), items, problems);
    }

    /** As {@link #readTest(CommonsenseSet)}, a record at a time; what is wrong with one is for the caller. */
    void readTest(CommonsenseSet set, Consumer<CommonsenseItem> items, CommonsenseRecords.Problems problems)
            throws IOException {
        read(test(set), set.labels(), items, problems);
    }

    private static void read(
            Path file, List<String> labels, Consumer<CommonsenseItem> items, CommonsenseRecords.Problems problems)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("records were looked for in " + file + ", which is not there; " + SOURCE);
        }
        CommonsenseRecords.read(file, labels, items, problems);
    }

    private static void refuse(String problem) throws IOException {
        throw new IOException(problem);
    }
}

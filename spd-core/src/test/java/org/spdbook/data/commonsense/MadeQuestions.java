package org.spdbook.data.commonsense;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A small folder of made questions in the layout and with the words of the published one. */
public final class MadeQuestions {

    static final int TRAIN = 10;
    static final int TEST = 3;

    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private MadeQuestions() {}

    /** Makes it: of each set ten records to train on, one set after the other, and three to test on. */
    public static void in(Path root) throws IOException {
        List<CommonsenseItem> training = new ArrayList<>();
        for (CommonsenseSet set : CommonsenseSet.values()) {
            training.addAll(items(set, 0, TRAIN));
            write(root.resolve("dataset/" + set.word() + "/test.json"), items(set, TRAIN, TEST));
        }
        write(root.resolve("commonsense_170k.json"), training);
    }

    /** Questions with numbers, whose answers go round the labels of the set. */
    static List<CommonsenseItem> items(CommonsenseSet set, int first, int count) {
        List<CommonsenseItem> items = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            String answer = set.labels().get(i % set.labels().size());
            items.add(new CommonsenseItem(instruction(set, i), "", "the correct answer is " + answer, answer));
        }
        return items;
    }

    private static String instruction(CommonsenseSet set, int i) {
        String format = "Answer format: " + String.join("/", set.labels());
        String question = " is stone " + i + " of " + set.word() + " heavier than a feather?";
        String choices = set.labels().stream()
                .map(label -> Character.toUpperCase(label.charAt(0)) + label.substring(1) + ": made " + label)
                .collect(Collectors.joining(set == CommonsenseSet.PIQA ? "\n\n" : " "));
        return set.form().beginning() + question + "\n\n" + (set == CommonsenseSet.BOOLQ ? "" : choices + "\n\n")
                + format;
    }

    /** Writes records as JSON. */
    static void write(Path file, List<CommonsenseItem> items) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.toJson(items));
    }
}

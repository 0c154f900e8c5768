package org.spdbook.experiment.imagenet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What CLIP's text tower is told of ImageNet's classes. The names are in a file, as everybody who compares results has a list of
 * one's own, and the results depend on it.
 *
 * @param names of the classes, in the order of the labels
 * @param templates with {@code {}} for the name
 */
record ClassTexts(List<String> names, List<String> templates) {

    /** Holds lines such as {@code n01440764 tench}. */
    static final String NAMES = "imagenet/classes.txt";

    /** Holds a text with {@code {}} per line; one is taken where there is no file. */
    static final String TEMPLATES = "imagenet/templates.txt";

    private static final List<String> ONE = List.of("a photo of a {}.");

    /**
     * Reads both files.
     *
     * @param root of the data sets
     * @param classes WordNet ids, in the order of the labels
     * @throws IOException if a class has no name, in one sentence
     */
    static ClassTexts in(Path root, List<String> classes) throws IOException {
        Path file = root.resolve(NAMES);
        if (Files.notExists(file)) {
            throw new IOException("names of ImageNet's classes were looked for in " + file
                    + ", which is not there; write a line such as \"n01440764 tench\" per class, by the list of"
                    + " mlfoundations/wise-ft (src/datasets/imagenet_classnames.py), or begin with classifier=new");
        }
        Map<String, String> named = new HashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] parts = line.strip().split("\\s+", 2);
            if (parts.length == 2) {
                named.put(parts[0], parts[1]);
            }
        }
        List<String> names = new ArrayList<>();
        for (String id : classes) {
            String name = named.get(id);
            if (name == null) {
                throw new IOException("class " + id + " has no name in " + file + "; add a line \"" + id + " NAME\"");
            }
            names.add(name);
        }
        return new ClassTexts(names, templates(root.resolve(TEMPLATES)));
    }

    private static List<String> templates(Path file) throws IOException {
        if (Files.notExists(file)) {
            return ONE;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? ONE : lines;
    }
}

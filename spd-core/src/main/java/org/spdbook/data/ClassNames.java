package org.spdbook.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of a data set whose lists give a label to every file: names and labels must go together in all of them. */
final class ClassNames {

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> labels = new HashMap<>();

    /**
     * Takes note of a line.
     *
     * @param where list and line, for the error
     * @throws IOException if the class had another label before, or the label another class
     */
    void add(String name, int label, String where) throws IOException {
        String known = names.putIfAbsent(label, name);
        Integer before = labels.putIfAbsent(name, label);
        if (known != null && !known.equals(name)) {
            throw new IOException(where + " gives label " + label + " to class " + name
                    + ", but lines before gave it to " + known + "; get the lists anew");
        }
        if (before != null && before != label) {
            throw new IOException(where + " gives class " + name + " the label " + label + ", but lines before gave it "
                    + before + "; get the lists anew");
        }
    }

    /**
     * Names in the order of the labels.
     *
     * @throws IOException if a label between 0 and the greatest one has no class
     */
    List<String> inOrder() throws IOException {
        List<String> ordered = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) {
            String name = names.get(label);
            if (name == null) {
                throw new IOException("the lists have " + names.size() + " classes, but none with label " + label
                        + "; get them anew");
            }
            ordered.add(name);
        }
        return List.copyOf(ordered);
    }
}

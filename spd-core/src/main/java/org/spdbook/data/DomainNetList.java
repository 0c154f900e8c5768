package org.spdbook.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of DomainNet's files: where they are, and what their lines say. */
final class DomainNetList {

    /** Ends of the lists' names. */
    static final String TRAIN = "_train";

    static final String TEST = "_test";

    private static final Pattern LINE = Pattern.compile("(\\w+)/([^/]+)/([^/]+) (\\d{1,6})");

    private DomainNetList() {}

    /**
     * The twelve lists by name, in {@code splits} or in the root itself.
     *
     * @throws IOException if some are not there, with their names
     */
    static Map<String, Path> find(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("DomainNet was looked for in the folder " + root + ", which is not there");
        }
        Map<String, Path> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String domain : DomainNet.DOMAINS) {
            for (String part : List.of(TRAIN, TEST)) {
                String file = domain + part + ".txt";
                Path inSplits = root.resolve("splits").resolve(file);
                Path path = Files.isRegularFile(inSplits) ? inSplits : root.resolve(file);
                if (Files.isRegularFile(path)) {
                    found.put(domain + part, path);
                } else {
                    missing.add(file);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("DomainNet's lists were looked for in " + root.resolve("splits") + " and in " + root
                    + ", which lack " + missing.size() + " of 12: " + String.join(", ", missing));
        }
        return found;
    }

    /**
     * Reads a list; empty lines and Windows line ends are taken.
     *
     * @param name {@code clipart_train}
     * @param classes takes note of every line
     * @throws IOException if a line is not of the form, or of another domain, or contradicts another one
     */
    static List<LabelledFile> read(Path file, String name, ClassNames classes) throws IOException {
        String domain = name.substring(0, name.indexOf('_'));
        List<LabelledFile> list = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            String where = "line " + number + " of " + file;
            if (!matcher.matches() || !matcher.group(1).equals(domain) || line.contains("..")) {
                throw new IOException(where + " should be \"" + domain + "/class/file label\", it is \"" + line.strip()
                        + "\"; get the list anew");
            }
            int label = Integer.parseInt(matcher.group(4));
            classes.add(matcher.group(2), label, where);
            list.add(new LabelledFile(domain + "/" + matcher.group(2) + "/" + matcher.group(3), label));
        }
        return List.copyOf(list);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IOException("list " + file + " is no text in UTF-8; get it anew", e);
        }
    }
}

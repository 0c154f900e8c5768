package org.spdbook.twin.emoji;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.spdbook.weights.JsonFile;

/**
 * The npm packages with the drawings, unpacked somewhere below one folder: by {@code npm install --prefix FOLDER}, or by
 * {@code npm pack} and {@code tar}. They are found by the name and version in their {@code package.json}.
 *
 * @param folders where each package lies, by name
 */
public record EmojiPackages(Map<String, Path> folders) {

    static final String NAMES = "emoji-datasource";
    static final String NOTO = "emoji-datasource-google";
    static final String TWEMOJI = "emoji-datasource-twitter";
    static final String OPENMOJI = "openmoji";
    static final String FLUENT = "@lobehub/fluent-emoji-3d";

    private static final Map<String, String> VERSIONS = versions();
    /** Deep enough for FOLDER/node_modules/@lobehub/fluent-emoji-3d/package.json. */
    private static final int DEPTH = 4;

    public EmojiPackages {
        folders = Map.copyOf(folders);
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put(NAMES, "16.0.0");
        versions.put(NOTO, "16.0.0");
        versions.put(TWEMOJI, "16.0.0");
        versions.put(OPENMOJI, "17.0.0");
        versions.put(FLUENT, "1.1.0");
        return versions;
    }

    /**
     * Finds them.
     *
     * @throws IOException if one is missing, with the command that gets it, or reading fails
     */
    public static EmojiPackages in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder; get the packages by: " + command(folder));
        }
        List<Path> candidates;
        try (var files = Files.find(
                folder,
                DEPTH,
                (file, attributes) -> file.getFileName().toString().equals("package.json"))) {
            candidates = files.sorted().toList();
        }
        Map<String, Path> found = new LinkedHashMap<>();
        for (Path json : candidates) {
            JsonObject facts = JsonFile.object(json);
            String name = text(facts, "name");
            if (VERSIONS.containsKey(name) && text(facts, "version").equals(VERSIONS.get(name))) {
                found.putIfAbsent(name, json.resolveSibling(""));
            }
        }
        List<String> missing = VERSIONS.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .map(EmojiPackages::wanted)
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException("no package.json below " + folder + " is of " + String.join(", ", missing)
                    + "; get the packages by: " + command(folder));
        }
        return new EmojiPackages(found);
    }

    private static String text(JsonObject facts, String key) {
        return facts.has(key) && facts.get(key).isJsonPrimitive()
                ? facts.get(key).getAsString()
                : "";
    }

    private static String wanted(String name) {
        return name + "@" + VERSIONS.get(name);
    }

    /** What a person types to get them. */
    private static String command(Path folder) {
        return VERSIONS.keySet().stream()
                .map(EmojiPackages::wanted)
                .collect(Collectors.joining(" ", "npm install --ignore-scripts --prefix " + folder + " ", ""));
    }

    /** A file of a package. */
    Path file(String name, String path) {
        return java.util.Objects.requireNonNull(folders.get(name), name).resolve(path);
    }
}

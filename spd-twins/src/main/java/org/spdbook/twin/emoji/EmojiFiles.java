package org.spdbook.twin.emoji;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.spdbook.weights.JsonFile;

/**
 * One emoji with its five files.
 *
 * @param code its code points, in hexadecimal
 * @param files a file in each style
 */
record EmojiFiles(String code, Map<Style, Path> files) {

    private static final Set<String> CATEGORIES_LEFT_OUT = Set.of("Flags", "Component");
    /** Of no class: too few drawings, or nothing that they have in common. */
    private static final Set<String> SUBCATEGORIES_LEFT_OUT = Set.of(
            "body-parts",
            "cat-face",
            "currency",
            "emotion",
            "face-costume",
            "family",
            "gender",
            "hotel",
            "lock",
            "math",
            "monkey-face",
            "other-object",
            "other-symbol",
            "person-symbol",
            "place-geographic",
            "place-map",
            "place-other",
            "punctuation");

    /** The emoji of the sheets, in their order: those of a class that all five teams drew, as {@code emoji.json} lists them. */
    static List<EmojiFiles> all(EmojiPackages packages) throws IOException {
        Path list = packages.file(EmojiPackages.NAMES, "emoji.json");
        JsonElement emoji = JsonFile.read(list);
        if (!emoji.isJsonArray()) {
            throw new IOException(list + " needs a JSON list, found another value; restore the package");
        }
        List<EmojiFiles> all = new ArrayList<>();
        for (JsonElement element : emoji.getAsJsonArray()) {
            JsonObject one = element.getAsJsonObject();
            if (!CATEGORIES_LEFT_OUT.contains(text(list, one, "category"))
                    && !SUBCATEGORIES_LEFT_OUT.contains(text(list, one, "subcategory"))) {
                of(packages, one, list).ifPresent(all::add);
            }
        }
        if (all.isEmpty()) {
            throw new IOException(list + " lists no emoji that the packages have in all five styles");
        }
        return all;
    }

    private static String text(Path list, JsonObject one, String key) throws IOException {
        if (!one.has(key) || !one.get(key).isJsonPrimitive()) {
            throw new IOException(list + ": an emoji needs " + key + ", found " + one + "; restore the package");
        }
        return one.get(key).getAsString();
    }

    private static Optional<EmojiFiles> of(EmojiPackages packages, JsonObject one, Path list) throws IOException {
        String code = text(list, one, "unified");
        String image = text(list, one, "image");
        JsonElement plain = one.get("non_qualified");
        String unqualified = plain == null || plain.isJsonNull() ? code : plain.getAsString();
        List<String> names = List.of(code, unqualified, code.replace("-FE0F", ""));
        Map<Style, Path> files = new EnumMap<>(Style.class);
        for (Style style : Style.values()) {
            candidates(packages, style, image, names)
                    .filter(Files::exists)
                    .findFirst()
                    .ifPresent(file -> files.put(style, file));
        }
        return files.size() == Style.values().length ? Optional.of(new EmojiFiles(code, files)) : Optional.empty();
    }

    private static Stream<Path> candidates(EmojiPackages packages, Style style, String image, List<String> names) {
        return switch (style) {
            case NOTO -> Stream.of(packages.file(EmojiPackages.NOTO, "img/google/64/" + image));
            case TWEMOJI -> Stream.of(packages.file(EmojiPackages.TWEMOJI, "img/twitter/64/" + image));
            case OPENMOJI ->
                names.stream().map(name -> packages.file(EmojiPackages.OPENMOJI, "color/svg/" + name + ".svg"));
            case BLACK ->
                names.stream().map(name -> packages.file(EmojiPackages.OPENMOJI, "black/svg/" + name + ".svg"));
            case FLUENT ->
                names.stream()
                        .map(name -> packages.file(
                                EmojiPackages.FLUENT, "assets/" + name.toLowerCase(Locale.ROOT) + ".webp"));
        };
    }
}

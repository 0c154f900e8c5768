package org.spdbook.magics.command;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.weights.hub.HubCache;
import org.spdbook.weights.hub.HubFile;
import org.spdbook.weights.hub.PaperWeights;

/** The weights of the paper's tables and what a cache has of them, as a table or as JSON. */
final class WeightsGrid {

    private static final String UNKNOWN = "not known";
    private static final int SHORT_COMMIT = 8;

    private WeightsGrid() {}

    static Grid of(HubCache cache) {
        List<List<String>> rows = new ArrayList<>();
        for (PaperWeights one : PaperWeights.all()) {
            rows.add(List.of(
                    one.tables().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    one.model(),
                    one.repository(),
                    one.revision()
                            + one.commit()
                                    .map(commit -> " (was " + commit.substring(0, SHORT_COMMIT) + ")")
                                    .orElse(", not pinned"),
                    one.licence().orElse(UNKNOWN),
                    one.gated() ? "to be accepted" : "open",
                    one.gigabytes()
                            .map(gigabytes -> String.format(Locale.ROOT, "%.1f", gigabytes))
                            .orElse(UNKNOWN),
                    one.cached(cache) + " of " + one.files().size()));
        }
        Grid grid = Grid.of(
                        List.of(
                                "table",
                                "model",
                                "repository",
                                "revision",
                                "licence",
                                "access",
                                "GB",
                                "files in the cache"),
                        rows)
                .withNote("The cache is " + cache.root() + ". Files that an index names are not counted.");
        for (PaperWeights one : PaperWeights.all()) {
            grid = grid.withNote(one.model() + ": " + String.join(" ", one.notes()));
        }
        return grid;
    }

    /** As JSON, with null for what is not known. */
    static String json(HubCache cache) {
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(tree(cache));
    }

    private static List<Map<String, @Nullable Object>> tree(HubCache cache) {
        List<Map<String, @Nullable Object>> tree = new ArrayList<>();
        for (PaperWeights one : PaperWeights.all()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("tables", one.tables());
            entry.put("model", one.model());
            entry.put("repository", one.repository());
            entry.put("revision", one.revision());
            entry.put("commit", one.commit().orElse(null));
            entry.put("licence", one.licence().orElse(null));
            entry.put("gated", one.gated());
            entry.put("gigabytes", one.gigabytes().orElse(null));
            entry.put("tokenizer", one.tokenizer().orElse(null));
            entry.put(
                    "files",
                    one.files().stream().map(file -> file(one, file, cache)).toList());
            entry.put("notes", one.notes());
            tree.add(entry);
        }
        return tree;
    }

    private static Map<String, @Nullable Object> file(
            PaperWeights weights, PaperWeights.WeightsFile file, HubCache cache) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", file.name());
        entry.put("sha256", file.sha256().orElse(null));
        entry.put(
                "cached",
                cache.find(new HubFile(weights.repository(), weights.revision(), file.name()))
                        .isPresent());
        return entry;
    }
}

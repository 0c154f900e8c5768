package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.spdbook.chart.Grid;
import org.spdbook.weights.hub.PaperWeights;
import org.spdbook.weights.hub.Pulled;

/** What was pulled, as a table or as a tree for JSON. */
final class PulledGrid {

    private static final int SHORT_COMMIT = 8;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Map<String, Object>> tree = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<String, String> commits = new LinkedHashMap<>();

    /** where: of the file, by its own name. */
    void add(Pulled one, Path where) throws IOException {
        Path place = where.toAbsolutePath().normalize();
        String repository = one.file().repository();
        rows.add(List.of(
                repository,
                one.file().name(),
                String.format(Locale.ROOT, "%,d kB", (one.size() + 999) / 1000),
                one.how().word()));
        Path folder = place;
        for (int i = 0; i <= one.file().name().chars().filter(c -> c == '/').count(); i++) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        notes.add(one.file().revision() + " of " + repository + " is commit "
                + one.commit().substring(0, SHORT_COMMIT) + "; its files are in " + folder);
        if (!one.remark().isEmpty()) {
            notes.add("The hub was not asked for newer ones: " + one.remark());
        }
        commits.put(repository, one.commit());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("repository", repository);
        entry.put("revision", one.file().revision());
        entry.put("commit", one.commit());
        entry.put("file", one.file().name());
        entry.put("path", place.toString());
        entry.put("bytes", one.size());
        entry.put("state", one.how().word());
        tree.add(entry);
    }

    /** Adds what the list of weights says of a repository. */
    void explain(PaperWeights weights) {
        weights.commit()
                .filter(commit -> !commit.equals(commits.get(weights.repository())))
                .ifPresent(commit -> notes.add(weights.revision() + " of " + weights.repository()
                        + " has moved since it was listed: it was commit " + commit.substring(0, SHORT_COMMIT)));
        notes.addAll(weights.notes());
    }

    Grid grid() {
        Grid grid = Grid.of(List.of("repository", "file", "size", "state"), rows);
        for (String note : notes) {
            grid = grid.withNote(note);
        }
        return grid;
    }

    List<Map<String, Object>> tree() {
        return tree;
    }
}

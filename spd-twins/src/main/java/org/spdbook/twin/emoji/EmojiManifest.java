package org.spdbook.twin.emoji;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which drawing is what, and what it is used for.
 *
 * @param rows in the order of the file
 */
public record EmojiManifest(List<Row> rows) {

    /** The part of pre-training concepts that fine-tuning uses too. */
    static final int PRETRAINING = -1;
    /** The part of drawings for pre-training alone. */
    static final int EXTRA = -2;

    public EmojiManifest {
        rows = List.copyOf(rows);
    }

    /**
     * A drawing in every style.
     *
     * @param row place in the sheets
     * @param code its code points, in hexadecimal
     * @param category class name
     * @param concept class and concept; empty for extras
     * @param part 0..8: a ninth of the test concepts; -1: pre-training and training; -2: pre-training alone
     * @param name in English
     */
    public record Row(int row, String code, String category, String concept, int part, String name) {}

    /** The shipped manifest. */
    public static EmojiManifest load() {
        var in = EmojiManifest.class.getResourceAsStream("manifest.csv");
        if (in == null) {
            throw new IllegalStateException("manifest.csv is missing from the jar of spd-twins");
        }
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new EmojiManifest(
                    reader.lines().skip(1).map(EmojiManifest::parse).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("reading manifest.csv failed", e);
        }
    }

    /** The name comes last and alone may hold commas, in quotes. */
    private static Row parse(String line) {
        String[] cells = line.split(",", 7);
        if (cells.length < 7) {
            throw new IllegalArgumentException("manifest line needs 7 cells, found " + cells.length + ": " + line);
        }
        return new Row(
                Integer.parseInt(cells[0]),
                cells[1],
                cells[2],
                cells[3],
                Integer.parseInt(cells[5]),
                cells[6].replace("\"", ""));
    }

    /** The 23 classes of fine-tuning, sorted. */
    public List<String> classes() {
        return rows.stream()
                .filter(row -> row.part() != EXTRA)
                .map(Row::category)
                .distinct()
                .sorted()
                .toList();
    }

    /** The 26 classes of pre-training: {@link #classes} and those only extras have. */
    public List<String> pretrainingClasses() {
        List<String> classes = classes();
        return java.util.stream.Stream.concat(
                        classes.stream(),
                        rows.stream()
                                .map(Row::category)
                                .filter(name -> !classes.contains(name))
                                .distinct()
                                .sorted())
                .toList();
    }
}

package org.spdbook.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spdbook.chart.Grid;

/**
 * A table of the paper of which nearly all cells are known. Table 6 is read from the evaluation log of one of the authors; that its numbers are the
 * printed ones is inferred from dates and means. Its row of WiSE-FT and two other cells are known from memory only and not given, nor are
 * means with such a cell, but for that of all nine sets of the linear probe, which the log's own program gives.
 *
 * @param number in the paper
 * @param columns test sets, groups of them, and the mean of all but the one trained on
 * @param rows methods
 */
public record PaperTable(int number, List<String> columns, List<Row> rows) {

    private static final double UNKNOWN = Double.NaN;
    private static final List<String> VQA = List.of(
            "vqav2",
            "iv-vqa",
            "cv-vqa",
            "rephrasings",
            "vqa-cp",
            "vqa-ce",
            "advqa",
            "textvqa",
            "vizwiz",
            "ok-vqa",
            "near",
            "far",
            "OOD");

    /**
     * A method.
     *
     * @param method in the words of the paper
     * @param ours the row of our ledger for it; empty for none
     * @param inPaper whether the paper has it; else it is in the log alone
     * @param cells in percent, one per column; NaN where it is not known without doubt
     */
    public record Row(String method, String ours, boolean inPaper, List<Double> cells) {}

    public PaperTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Table 6: VQA accuracy of PaliGemma-3B after LoRA fine-tuning on VQAv2. */
    public static PaperTable six() {
        return new PaperTable(
                6,
                VQA,
                List.of(
                        row(
                                "zero-shot",
                                "",
                                true,
                                54.42,
                                63.95,
                                44.72,
                                50.10,
                                54.29,
                                30.68,
                                30.46,
                                UNKNOWN,
                                16.84,
                                28.60,
                                45.70,
                                UNKNOWN,
                                UNKNOWN),
                        row(
                                "vanilla fine-tuning",
                                "adamw",
                                true,
                                86.29,
                                94.43,
                                69.36,
                                78.90,
                                86.21,
                                71.73,
                                49.82,
                                42.08,
                                22.92,
                                48.30,
                                75.08,
                                37.77,
                                62.64),
                        row(
                                "linear probe",
                                "adamw head=anchored trained=head",
                                true,
                                78.24,
                                87.83,
                                63.87,
                                69.61,
                                78.48,
                                61.66,
                                UNKNOWN,
                                29.61,
                                18.80,
                                42.27,
                                UNKNOWN,
                                30.23,
                                55.00),
                        row(
                                "LP-FT",
                                "adamw start=probe",
                                true,
                                85.97,
                                93.30,
                                65.93,
                                76.49,
                                86.16,
                                72.73,
                                45.68,
                                31.41,
                                19.01,
                                43.27,
                                73.38,
                                31.23,
                                59.33),
                        row("WiSE-FT", "adamw finish=wise(0.5)", true),
                        row(
                                "FTP",
                                "ftp k=0.0",
                                false,
                                81.77,
                                92.61,
                                67.93,
                                76.66,
                                81.41,
                                64.14,
                                50.99,
                                49.12,
                                25.67,
                                51.07,
                                72.29,
                                41.95,
                                62.18),
                        row(
                                "Adam-SPD",
                                "adam-spd",
                                true,
                                87.39,
                                95.25,
                                68.85,
                                79.48,
                                87.27,
                                73.52,
                                50.90,
                                43.56,
                                23.05,
                                50.11,
                                75.88,
                                38.91,
                                63.55)));
    }

    private static Row row(String method, String ours, boolean inPaper, double... cells) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < VQA.size(); i++) {
            all.add(i < cells.length ? cells[i] : UNKNOWN);
        }
        return new Row(method, ours, inPaper, all);
    }

    /** For people; {@code -} where nothing is known without doubt. */
    public Grid grid() {
        List<String> header = new ArrayList<>(List.of("method"));
        columns.forEach(column -> header.add(column + " %"));
        header.add("source");
        List<List<String>> lines = rows.stream()
                .map(row -> {
                    List<String> line = new ArrayList<>(List.of(row.method));
                    row.cells.forEach(
                            cell -> line.add(Double.isNaN(cell) ? "-" : String.format(Locale.ROOT, "%.2f", cell)));
                    line.add(tag(row).words() + (row.inPaper ? "" : ", no row of the paper"));
                    return line;
                })
                .toList();
        return Grid.of(header, lines)
                .withCaption("Table " + number + " as published: PaliGemma-3B")
                .withNote("- : not known, or known from memory only.");
    }

    private static LedgerEntry.Tag tag(Row row) {
        return row.cells.stream().allMatch(cell -> Double.isNaN(cell))
                ? LedgerEntry.Tag.UNCONFIRMED
                : LedgerEntry.Tag.AUTHORS_LOG;
    }
}

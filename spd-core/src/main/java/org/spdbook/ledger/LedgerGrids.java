package org.spdbook.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.TableGrids;

/** Claims and ledger as tables for people. */
public final class LedgerGrids {

    private LedgerGrids() {}

    /** One row per part of a claim and world, with the verdict on the whole claim in its first row. */
    public static Grid of(List<Judgement> judgements) {
        List<List<String>> rows = new ArrayList<>();
        for (Judgement judgement : judgements) {
            boolean first = true;
            for (Judgement.Finding finding : judgement.findings()) {
                String format = finding.part().measure().isRatio() ? "%.2f" : "%+.1f";
                rows.add(List.of(
                        first ? judgement.claim().id() : "",
                        first ? judgement.place().label() : "",
                        first ? judgement.verdict().word() : "",
                        finding.a() + " -> " + finding.b(),
                        finding.part().measure().words(judgement.place().experiment()) + " "
                                + finding.part().rule().word(),
                        TableGrids.estimate(format, finding.estimate()),
                        finding.verdict().word()));
                first = false;
            }
        }
        return Grid.of(List.of("claim", "world", "verdict", "compared", "part", "found", "of the part"), rows)
                .withNote(
                        "In brackets: 90 % interval over seeds and test examples, and over pre-trainings where several are named (over pairs for ratios). Twins: not"
                                + " the paper's numbers.");
    }

    /** The entries of one table of the paper, and before them the table itself where nearly all of it is known. */
    public static List<Grid> all(Ledger ledger, int table) {
        PaperTable six = PaperTable.six();
        return table == six.number() ? List.of(six.grid(), of(ledger, table)) : List.of(of(ledger, table));
    }

    /** The entries of one table of the paper: a row per method and domain trained on. */
    public static Grid of(Ledger ledger, int table) {
        Map<String, List<LedgerEntry>> rows = ledger.entries().stream()
                .filter(entry -> entry.table() == table)
                .collect(Collectors.groupingBy(LedgerEntry::row, LinkedHashMap::new, Collectors.toList()));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "the ledger has no cells of table " + table + "; it has tables " + ledger.tables());
        }
        List<LedgerEntry> any = rows.values().iterator().next();
        List<String> header = new ArrayList<>(List.of("row"));
        any.forEach(entry -> header.add(entry.column()));
        header.add("published");
        List<List<String>> cells = new ArrayList<>();
        rows.forEach((row, entries) -> {
            List<String> line = new ArrayList<>(List.of(row));
            entries.forEach(entry -> line.add(cell(entry)));
            line.add(published(entries));
            cells.add(line);
        });
        return Grid.of(header, cells)
                .withCaption("Table " + table + " of the paper on the "
                        + any.get(0).experiment() + " " + any.get(0).profile() + "; not the paper's numbers")
                .withNote("Mean ± standard deviation over " + any.get(0).seeds() + " seeds; "
                        + World.metric(any.get(0).experiment()) + " in percent"
                        + ofKinds(any.get(0).experiment()) + ".");
    }

    /** Where columns are kinds of examples of one test set. */
    private static String ofKinds(String experiment) {
        String set = Ledger.kindsOf(World.all().get(experiment));
        return set.isEmpty() ? "" : ", by kind of question of " + set;
    }

    private static String published(List<LedgerEntry> row) {
        List<LedgerEntry> known =
                row.stream().filter(entry -> entry.published() != null).toList();
        if (known.isEmpty()) {
            return row.get(0).status().words();
        }
        if (row.get(0).table() == PaperTable.six().number()) {
            return known.get(0).tag().words() + ", above; "
                    + known.get(0).status().words();
        }
        return known.stream()
                        .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.column(), entry.published()))
                        .collect(Collectors.joining(", "))
                + ", " + known.get(0).tag().words() + "; "
                + known.get(0).status().words();
    }

    private static String cell(LedgerEntry entry) {
        String format = entry.column().equals("deviation") ? "%.2f ± %.2f" : "%.1f ± %.1f";
        return String.format(Locale.ROOT, format, entry.mean(), entry.sd());
    }
}

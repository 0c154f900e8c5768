package org.spdbook.ledger;

import java.util.List;
import java.util.stream.Collectors;
import org.spdbook.chart.Grid;

/** The pages of the book that are made from claims and ledger, in MyST Markdown. */
public final class BookPages {

    private static final String MADE =
            "\n*This page is made by `./spd ledger --to book`; change the claims or the runs, not the" + " page.*\n";

    private BookPages() {}

    /** What is claimed, by which rule it is decided, and what was found. */
    public static String claims(List<Judgement> judgements) {
        StringBuilder page = new StringBuilder("# Claims\n\n");
        page.append(
                "Each claim was written down with its rule before the runs that judge it; `book/claims.json` has the rules in"
                        + " full. A verdict holds for one small world. None is about the paper's own models and data.\n\n");
        page.append(
                "*Supported* and *contradicted* need a 90 % interval on one side of the limit; *tie* one within a point of"
                        + " zero; all else is *inconclusive*. Seeds and test examples are drawn anew for the interval"
                        + " [@owen2007pigeonhole]; the pre-trained model and the domains are not, so it says nothing about others.\n");
        for (Claim claim : judgements.stream().map(Judgement::claim).distinct().toList()) {
            List<Judgement> own = judgements.stream()
                    .filter(judgement -> judgement.claim().equals(claim))
                    .toList();
            page.append("\n## ").append(claim.id()).append("\n\n").append(claim.says());
            page.append(" (Source: ").append(claim.source()).append(".)\n\n");
            own.forEach(judgement -> page.append("- ")
                    .append(judgement.place().label())
                    .append(": **")
                    .append(judgement.verdict().word())
                    .append("**\n"));
            page.append('\n').append(markdown(LedgerGrids.of(own)));
        }
        return page.append(MADE).toString();
    }

    /** The cells of the paper's tables beside ours. */
    public static String ledger(Ledger ledger) {
        StringBuilder page = new StringBuilder("# Ledger\n\n");
        page.append(
                "One row per method, in Tables 1 and 2 per setting and domain trained on, and a column per test set. In Tables 3 and 4 each"
                        + " method has for each seed the setting that ID validation chose. Published cells are named with their source;"
                        + " those of Tables 1 and 2 could not be read in any text without doubt, so none are printed. The one figure"
                        + " found, a DomainNet average of 45.93 on a public leaderboard, does not say of what it is the average. Of Tables"
                        + " 3 and 4 the same leaderboard has Adam-SPD on what it was trained on. Table 6 stands nearly whole in the evaluation"
                        + " log of one of the authors. A twin is not the paper's experiment: the"
                        + " two columns are beside each other, not compared.\n");
        for (int table : ledger.tables()) {
            page.append("\n## Table ").append(table).append("\n\n");
            page.append(LedgerGrids.all(ledger, table).stream()
                    .map(BookPages::markdown)
                    .collect(Collectors.joining("\n")));
        }
        return page.append(MADE).toString();
    }

    private static String markdown(Grid grid) {
        String rule = grid.header().stream().map(any -> "---").collect(Collectors.joining(" | ", "| ", " |\n"));
        String rows = grid.rows().stream().map(BookPages::line).collect(Collectors.joining());
        String caption = grid.caption().isEmpty() ? "" : grid.caption() + "\n\n";
        String notes = grid.notes().stream().map(note -> "\n" + note + "\n").collect(Collectors.joining());
        return caption + line(grid.header()) + rule + rows + notes;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}

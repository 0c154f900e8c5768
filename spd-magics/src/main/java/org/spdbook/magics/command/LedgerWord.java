package org.spdbook.magics.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.ledger.BookPages;
import org.spdbook.ledger.Claim;
import org.spdbook.ledger.Judgement;
import org.spdbook.ledger.Ledger;
import org.spdbook.ledger.LedgerGrids;
import org.spdbook.magics.front.Front;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code ledger}: the cells of the paper's tables beside ours; with {@code --to} the pages of the book. */
@CommandLine.Command(name = "ledger", description = "Show the cells of the paper's tables beside ours.")
public final class LedgerWord implements Word {

    @CommandLine.Option(names = "--table", paramLabel = "N", description = "of one table only")
    private @Nullable Integer table;

    @CommandLine.Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "also write ledger.json, ledger.md and claims.md into a folder")
    private @Nullable Path folder;

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) throws Exception {
        Ledger ledger = Ledger.current();
        if (ledger.entries().isEmpty()) {
            throw new IllegalStateException(
                    "the software brings no runs of any table; make them with: spd table 1 --run");
        }
        if (folder != null) {
            write(folder.resolve("ledger.json"), ledger.toJson());
            write(folder.resolve("ledger.md"), BookPages.ledger(ledger));
            write(folder.resolve("claims.md"), BookPages.claims(Judgement.of(Claim.all())));
        }
        if (json.isAsked()) {
            return Answer.of(ledger.toJson().stripTrailing());
        }
        List<Integer> tables = table == null ? ledger.tables() : List.of(table);
        return Answer.of(new Grids(tables.stream()
                .flatMap(one -> LedgerGrids.all(ledger, one).stream())
                .toList()));
    }

    private static void write(Path file, String text) throws java.io.IOException {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}

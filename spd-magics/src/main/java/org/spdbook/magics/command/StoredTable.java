package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.KnownRuns;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TablePlan;

/**
 * A table that is stored: in a file that {@code spd table --to} wrote, or brought by the software.
 *
 * @param place a file, or else the name of a table such as {@code emoji-table1}
 */
record StoredTable(Path place) {

    /**
     * The table.
     *
     * @param domains to sum up over, as for {@link TablePlan#domains}; null for those it was written with
     * @throws IllegalArgumentException if there is no such file or table, or it cannot be read, in one sentence
     * @throws IOException if the file cannot be opened
     */
    Table read(@Nullable String domains) throws IOException {
        Table table = table();
        return domains == null ? table : table.over(TablePlan.domains(World.named(table.experiment()), domains));
    }

    private Table table() throws IOException {
        if (Files.isRegularFile(place)) {
            return Table.fromJson(Files.readString(place));
        }
        return KnownRuns.table(place.toString())
                .orElseThrow(() -> new IllegalArgumentException("there is no file " + place
                        + ", and no table of this name comes with the software; choose one of "
                        + String.join(", ", KnownRuns.names())));
    }
}

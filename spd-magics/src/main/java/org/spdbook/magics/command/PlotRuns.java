package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Run;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** Which runs to draw: ids and variables, or those of a stored table. */
final class PlotRuns {

    @CommandLine.Option(
            names = "--stored",
            paramLabel = "TABLE",
            description = "the runs of a table that the software brings, such as emoji-table1, or of a file that"
                    + " spd table --to wrote; instead of RUN")
    private @Nullable Path stored;

    @CommandLine.Option(
            names = "--domains",
            paramLabel = "DOMAINS",
            description = "with --stored: mean over these: names, all, or a choice of the world such as paper")
    private @Nullable String domains;

    boolean areStored() {
        return stored != null;
    }

    /** The runs, which have no history when they are of a stored table. */
    List<Run> load(Front front, List<String> names) throws IOException {
        if (names.isEmpty() == (stored == null)) {
            throw new IllegalArgumentException(
                    "plot needs runs, or --stored TABLE, and not both; spd runs lists the runs of this folder");
        }
        if (stored == null) {
            if (domains != null) {
                throw new IllegalArgumentException("--domains goes with --stored TABLE; leave it out for runs");
            }
            return RunChoice.runs(front, names);
        }
        return new StoredTable(stored).read(domains).considered();
    }
}

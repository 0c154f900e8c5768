package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.SetGroups;

/** The columns of a world's {@link SetGroups}, behind those of the mean over all unseen sets; none where it has no groups. */
record GroupColumns(SetGroups groups) {

    static GroupColumns of(Table table) {
        return new GroupColumns(table.groups());
    }

    /** What stands above differences: the names. */
    List<String> names() {
        return groups.names();
    }

    /** What stands above means: {@code near %}. */
    List<String> percents() {
        return groups.names().stream().map(name -> name + " %").toList();
    }

    /** Means over runs, in percent. */
    List<String> means(List<Run> runs) {
        return groups.sets().values().stream()
                .map(sets -> TableGrids.mean("%.1f", runs, run -> run.mean(sets)))
                .toList();
    }

    /** Differences of a comparison, in points. */
    List<String> differences(Comparison pair) {
        return pair.groups().values().stream()
                .map(difference -> TableGrids.estimate("%+.1f", difference))
                .toList();
    }

    /** Parts of a row, one behind the other. */
    @SafeVarargs
    static List<String> row(List<String>... parts) {
        List<String> row = new ArrayList<>();
        for (List<String> part : parts) {
            row.addAll(part);
        }
        return row;
    }
}

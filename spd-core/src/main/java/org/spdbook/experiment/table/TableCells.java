package org.spdbook.experiment.table;

import java.util.List;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.World;

/**
 * The cells of a table that are asked for in a world.
 *
 * @param world where they are computed
 * @param over domains over which they are summed up; none for all
 * @param plans one per pre-training, seed, domain and setting, in this order
 */
public record TableCells(World world, List<String> over, List<Plan> plans) {

    public TableCells {
        over = List.copyOf(over);
        plans = List.copyOf(plans);
    }

    /**
     * What is asked of a table.
     *
     * @param over domains to sum up over; none for all
     * @param on domains to train on; none for those of the table, or else those that are summed up over
     * @param seeds one cell each
     * @param pretrained seeds of the pre-trainings, one cell each
     */
    public record Asked(List<String> over, List<String> on, SeedRange seeds, SeedRange pretrained) {

        public Asked {
            over = List.copyOf(over);
            on = List.copyOf(on);
        }
    }

    /** The cells of a table in a world. */
    public static TableCells of(TablePlan plan, World world, Asked asked) {
        List<String> over = asked.over();
        List<String> on = asked.on().isEmpty() ? plan.on(world, over.isEmpty() ? world.trainable() : over) : asked.on();
        return new TableCells(world, over, plan.cells(world, on, asked.seeds(), asked.pretrained()));
    }

    /** The table, as far as the runs of its cells are known. */
    public Table table(KnownRuns known) {
        return new Table(world.name(), world.profile().word(), over, known.found(plans));
    }
}

package org.spdbook.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spdbook.eval.Estimate;
import org.spdbook.experiment.SetGroups;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.Comparison;
import org.spdbook.experiment.table.KnownRuns;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TableCells;
import org.spdbook.experiment.table.TablePlan;
import org.spdbook.experiment.table.TablePlans;

/**
 * What was found of a claim in one world.
 *
 * @param claim what is claimed
 * @param place where it was looked at
 * @param findings one per part of the claim
 */
public record Judgement(Claim claim, Claim.Place place, List<Finding> findings) {

    public Judgement {
        findings = List.copyOf(findings);
    }

    /**
     * What was found of one part.
     *
     * @param a what was compared, with the setting that was chosen
     * @param b with what
     * @param estimate difference b - a in points, or ratio
     * @param n pairs
     */
    public record Finding(Claim.Part part, String a, String b, Estimate estimate, int n, Verdict verdict) {}

    /** The verdict on the whole claim in this world. */
    public Verdict verdict() {
        return Verdict.of(findings.stream().map(Finding::verdict).toList());
    }

    /**
     * Judges claims by the runs that the software brings, with the usual seeds.
     *
     * @throws IOException if the results cannot be read
     */
    public static List<Judgement> of(List<Claim> claims) throws IOException {
        Map<Looked, Named> tables = new HashMap<>();
        List<Judgement> judgements = new ArrayList<>();
        for (Claim claim : claims) {
            for (Claim.Place place : claim.worlds()) {
                var looked = new Looked(claim.table(), place);
                Named table = tables.get(looked);
                if (table == null) {
                    table = named(looked.name(), place);
                    tables.put(looked, table);
                }
                judgements.add(judge(claim, place, table));
            }
        }
        return judgements;
    }

    /** A table that several claims look at is read once. */
    private record Looked(String name, Claim.Place place) {}

    /**
     * A table with the names of its rows.
     *
     * @param plan whose cells are in it
     * @param table without runs as long as not all of them are known
     */
    record Named(TablePlan plan, Table table) {}

    /** The cells of a table in a world; none as long as not all of them are known. */
    static Table table(String name, Claim.Place place) throws IOException {
        return named(name, place).table();
    }

    private static Named named(String name, Claim.Place place) throws IOException {
        World world = World.named(place.experiment());
        TablePlan plan = TablePlans.of(name, world.profile(), world.name());
        var asked = new TableCells.Asked(
                domains(world, place.domains()), domains(world, place.on()), plan.seeds(), place.pretrained());
        TableCells cells = TableCells.of(plan, world, asked);
        KnownRuns known = KnownRuns.brought(world);
        return new Named(plan, cells.table(known.missing(cells.plans()).isEmpty() ? known : KnownRuns.none()));
    }

    private static List<String> domains(World world, String word) {
        return word.isEmpty() ? List.of() : TablePlan.domains(world, word);
    }

    static Judgement judge(Claim claim, Claim.Place place, Named table) {
        return new Judgement(
                claim,
                place,
                claim.parts().stream().map(part -> finding(part, table)).toList());
    }

    private static Finding finding(Claim.Part part, Named named) {
        TablePlan plan = named.plan();
        part.measure()
                .known(SetGroups.of(named.table().experiment(), named.table().profile(), List.of()));
        Optional<Comparison> found = named.table().compare(plan.named(part.a()), plan.named(part.b()), part.choice());
        if (found.isEmpty()) {
            return new Finding(part, part.a(), part.b(), Estimate.without(Double.NaN), 0, Verdict.NOT_RUN);
        }
        Comparison pair = found.get();
        Estimate estimate = part.measure().of(pair);
        boolean rows = !plan.names().isEmpty();
        return new Finding(
                part,
                rows ? part.a() : pair.a(),
                rows ? part.b() : pair.b(),
                estimate,
                pair.n(),
                part.rule().judge(estimate));
    }
}

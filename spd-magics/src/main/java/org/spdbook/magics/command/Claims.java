package org.spdbook.magics.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Known;
import org.spdbook.ledger.Claim;
import org.spdbook.ledger.Judgement;
import org.spdbook.ledger.LedgerGrids;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code claims [T1 ...]}: what is claimed, and what the runs say of it. */
@CommandLine.Command(name = "claims", description = "Show claims with their verdicts by the rules in book/claims.json.")
public final class Claims implements Word {

    @CommandLine.Parameters(paramLabel = "CLAIM", arity = "0..*", description = "such as T1; all by default")
    private List<String> ids = new ArrayList<>();

    @CommandLine.Option(names = "--experiment", description = "in this world only")
    private @Nullable String experiment;

    @Override
    public Answer answer(Front front) throws Exception {
        List<Claim> all = Claim.all();
        List<String> known = all.stream().map(Claim::id).toList();
        ids.forEach(id -> Known.require("claim", id, known));
        List<Claim> asked = all.stream()
                .filter(claim -> ids.isEmpty() || ids.contains(claim.id()))
                .toList();
        List<Judgement> judgements = Judgement.of(asked).stream()
                .filter(one -> experiment == null || one.place().experiment().equals(experiment))
                .toList();
        if (judgements.isEmpty()) {
            throw new IllegalArgumentException("no such claim is judged in " + experiment + "; leave --experiment out");
        }
        return Answer.of(LedgerGrids.of(judgements));
    }
}

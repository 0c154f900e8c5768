package org.spdbook.magics;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.ledger.Claim;
import org.spdbook.ledger.Judgement;

/** The judgements of all claims, which take some seconds, made once for all tests. */
final class Judged {

    private static @Nullable List<Judgement> judgements;

    private Judged() {}

    static synchronized List<Judgement> all() throws IOException {
        List<Judgement> known = judgements;
        if (known == null) {
            known = Judgement.of(Claim.all());
            judgements = known;
        }
        return known;
    }
}

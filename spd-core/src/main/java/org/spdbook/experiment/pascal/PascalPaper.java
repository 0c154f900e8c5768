package org.spdbook.experiment.pascal;

import org.spdbook.experiment.Profile;

/** Table 4 on all of PASCAL. */
public final class PascalPaper extends RealPascal {

    /** For the service loader. */
    public PascalPaper() {
        super(Profile.PAPER);
    }
}

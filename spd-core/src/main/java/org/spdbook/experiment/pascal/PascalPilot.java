package org.spdbook.experiment.pascal;

import org.spdbook.experiment.Profile;

/** Table 4 on a part of PASCAL. */
public final class PascalPilot extends RealPascal {

    /** For the service loader. */
    public PascalPilot() {
        super(Profile.PILOT);
    }
}

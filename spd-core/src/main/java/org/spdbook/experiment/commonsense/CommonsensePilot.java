package org.spdbook.experiment.commonsense;

import org.spdbook.experiment.Profile;

/** Table 5 on a part of the questions. */
public final class CommonsensePilot extends RealCommonsense {

    /** For the service loader. */
    public CommonsensePilot() {
        super(Profile.PILOT);
    }
}

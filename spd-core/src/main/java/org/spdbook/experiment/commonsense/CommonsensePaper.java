package org.spdbook.experiment.commonsense;

import org.spdbook.experiment.Profile;

/** Table 5 on all questions. */
public final class CommonsensePaper extends RealCommonsense {

    /** For the service loader. */
    public CommonsensePaper() {
        super(Profile.PAPER);
    }
}

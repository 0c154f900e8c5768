package org.spdbook.experiment.vqa;

import org.spdbook.experiment.Profile;

/** Table 6 on a part of the questions. */
public final class VqaPilot extends RealVqa {

    /** For the service loader. */
    public VqaPilot() {
        super(Profile.PILOT);
    }
}

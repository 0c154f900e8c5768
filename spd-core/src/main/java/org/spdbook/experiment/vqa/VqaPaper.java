package org.spdbook.experiment.vqa;

import org.spdbook.experiment.Profile;

/** Table 6 on all questions. */
public final class VqaPaper extends RealVqa {

    /** For the service loader. */
    public VqaPaper() {
        super(Profile.PAPER);
    }
}

package org.spdbook.experiment.imagenet;

import org.spdbook.experiment.Profile;

/** Table 3 on a part of ImageNet. */
public final class ImageNetPilot extends RealImageNet {

    /** For the service loader. */
    public ImageNetPilot() {
        super(Profile.PILOT);
    }
}

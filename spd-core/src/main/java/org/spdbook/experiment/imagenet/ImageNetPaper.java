package org.spdbook.experiment.imagenet;

import org.spdbook.experiment.Profile;

/** Table 3 on all of ImageNet. */
public final class ImageNetPaper extends RealImageNet {

    /** For the service loader. */
    public ImageNetPaper() {
        super(Profile.PAPER);
    }
}

package org.spdbook.experiment.domainnet;

import org.spdbook.experiment.Profile;

/** Table 1 on all of DomainNet. */
public final class DomainNetPaper extends RealDomainNet {

    /** For the service loader. */
    public DomainNetPaper() {
        super("domainnet", Profile.PAPER);
    }
}

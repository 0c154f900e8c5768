package org.spdbook.experiment.domainnet;

import org.spdbook.experiment.Profile;

/** Table 2 on all of DomainNet. */
public final class DomainNetL2SpPaper extends RealDomainNet {

    /** For the service loader. */
    public DomainNetL2SpPaper() {
        super("domainnet-l2sp", Profile.PAPER);
    }
}

package org.spdbook.experiment.domainnet;

import org.spdbook.experiment.Profile;

/** Table 2 on a part of DomainNet. */
public final class DomainNetL2SpPilot extends RealDomainNet {

    /** For the service loader. */
    public DomainNetL2SpPilot() {
        super("domainnet-l2sp", Profile.PILOT);
    }
}

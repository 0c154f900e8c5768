package org.spdbook.experiment.domainnet;

import org.spdbook.experiment.Profile;

/** Table 1 on a part of DomainNet. */
public final class DomainNetPilot extends RealDomainNet {

    /** For the service loader. */
    public DomainNetPilot() {
        super("domainnet", Profile.PILOT);
    }
}

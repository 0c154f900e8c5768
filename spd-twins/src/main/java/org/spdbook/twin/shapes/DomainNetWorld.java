package org.spdbook.twin.shapes;

import org.spdbook.twin.ShippedWeights;

/** Table 1 in small: trained on one domain, tested on all. */
public final class DomainNetWorld extends ShapesWorld {

    /** With the pre-training of all tables. */
    public DomainNetWorld() {}

    private DomainNetWorld(ShippedWeights weights) {
        super(weights);
    }

    @Override
    ShapesWorld with(ShippedWeights other) {
        return new DomainNetWorld(other);
    }

    @Override
    public String name() {
        return "domainnet";
    }

    @Override
    public String summary() {
        return "Table 1 in small: 24 classes of objects drawn in six styles named like DomainNet's domains";
    }
}

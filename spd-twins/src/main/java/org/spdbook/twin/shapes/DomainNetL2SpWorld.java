package org.spdbook.twin.shapes;

import org.spdbook.twin.ShippedWeights;

/** Table 2 in small: the strength of Adam-SPD against that of L2-SP. The images of {@link DomainNetWorld}. */
public final class DomainNetL2SpWorld extends ShapesWorld {

    /** With the pre-training of all tables. */
    public DomainNetL2SpWorld() {}

    private DomainNetL2SpWorld(ShippedWeights weights) {
        super(weights);
    }

    @Override
    ShapesWorld with(ShippedWeights other) {
        return new DomainNetL2SpWorld(other);
    }

    @Override
    public String name() {
        return "domainnet-l2sp";
    }

    @Override
    public int table() {
        return 2;
    }

    @Override
    public String summary() {
        return "Table 2 in small: the strength of Adam-SPD against that of L2-SP, on the images of domainnet";
    }
}

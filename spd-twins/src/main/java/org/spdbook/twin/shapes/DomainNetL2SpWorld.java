package org.spdbook.twin.shapes;

/** Table 2 in small: the strength of Adam-SPD against that of L2-SP. The images of {@link DomainNetWorld}. */
public final class DomainNetL2SpWorld extends ShapesWorld {

    @Override
    public String name() {
        return "domainnet-l2sp";
    }

    @Override
    public String summary() {
        return "Table 2 in small: the strength of Adam-SPD against that of L2-SP, on the images of domainnet";
    }
}

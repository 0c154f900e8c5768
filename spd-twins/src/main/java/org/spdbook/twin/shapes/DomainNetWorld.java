package org.spdbook.twin.shapes;

/** Table 1 in small: trained on one domain, tested on all. */
public final class DomainNetWorld extends ShapesWorld {

    @Override
    public String name() {
        return "domainnet";
    }

    @Override
    public String summary() {
        return "Table 1 in small: 24 classes of objects drawn in six styles named like DomainNet's domains";
    }
}

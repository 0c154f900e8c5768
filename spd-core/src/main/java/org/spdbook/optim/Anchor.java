package org.spdbook.optim;

/** The point a tensor is pulled to. */
public enum Anchor {
    /** The weights the model was pre-trained to; a resumed run keeps them. */
    PRETRAINED,
    /** Zero: adapters, whose product is the deviation from the pre-trained weights (paper.md 1.5). */
    ZERO,
    /** The values when the optimiser was bound: a fresh head. */
    INITIAL
}

package org.spdbook.twin.shapes;

/**
 * One piece of an object: a filled shape or a line.
 *
 * @param closed filled if so, else only a line
 * @param role which of the object's colours it takes, and whether a hasty drawer drops it
 */
record Part(Outline outline, boolean closed, Role role) {

    /** Colours of an object. */
    enum Role {
        MAIN,
        SECOND,
        DETAIL
    }

    static Part fill(Outline outline) {
        return new Part(outline, true, Role.MAIN);
    }

    static Part second(Outline outline) {
        return new Part(outline, true, Role.SECOND);
    }

    static Part detail(Outline outline) {
        return new Part(outline, true, Role.DETAIL);
    }

    static Part line(Outline outline, Role role) {
        return new Part(outline, false, role);
    }

    /** A line of the details. */
    static Part line(Outline outline) {
        return line(outline, Role.DETAIL);
    }

    Part with(Outline other) {
        return new Part(other, closed, role);
    }
}

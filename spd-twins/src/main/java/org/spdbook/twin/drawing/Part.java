package org.spdbook.twin.drawing;

/**
 * One piece of an object: a filled shape or a line.
 *
 * @param closed filled if so, else only a line
 * @param role which of the object's colours it takes, and whether a hasty drawer drops it
 */
public record Part(Outline outline, boolean closed, Role role) {

    /** Colours of an object. */
    public enum Role {
        /** The body. */
        MAIN,
        /** Another large piece. */
        SECOND,
        /** Eyes, hands of a clock. */
        DETAIL
    }

    /** A filled shape of the body. */
    public static Part fill(Outline outline) {
        return new Part(outline, true, Role.MAIN);
    }

    /** A filled shape of the second colour. */
    public static Part second(Outline outline) {
        return new Part(outline, true, Role.SECOND);
    }

    /** A filled shape of the details. */
    public static Part detail(Outline outline) {
        return new Part(outline, true, Role.DETAIL);
    }

    /** A line. */
    public static Part line(Outline outline, Role role) {
        return new Part(outline, false, role);
    }

    /** A line of the details. */
    public static Part line(Outline outline) {
        return line(outline, Role.DETAIL);
    }

    /** The same with other points. */
    public Part with(Outline other) {
        return new Part(other, closed, role);
    }
}

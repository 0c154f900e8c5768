package org.spdbook.kernel.shell;

/**
 * Something that the notebook declared.
 *
 * @param kind of it
 * @param name of it, without parameters
 * @param type of a variable; parameters and result of a method; class, interface, enum, record or annotation type
 * @param source of its snippet
 */
public record Declaration(Kind kind, String name, String type, String source) {

    /** What can be declared and looked at. */
    public enum Kind {
        VARIABLE,
        METHOD,
        TYPE
    }
}

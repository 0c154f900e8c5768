package org.spdbook.kernel.display;

import java.util.regex.Pattern;

/** Names of classes as the author of a notebook knows them. */
final class TypeName {

    private static final Pattern WRAPPER = Pattern.compile("\\bREPL\\.\\$JShell\\$\\w+[.$]");

    private TypeName() {}

    /** The name without the class that JShell puts around what a cell declares. */
    static String of(Class<?> type) {
        return clean(type.getTypeName());
    }

    /** A text without the names of JShell's classes. */
    static String clean(String text) {
        return WRAPPER.matcher(text).replaceAll("");
    }
}

package org.spdbook.magics.show;

/** Recognises a value by the name of its class, so that asking does not load the class asked for. */
final class TypeName {

    private TypeName() {}

    /** Whether the value's class or one of its superclasses has this name. */
    static boolean is(Object value, String name) {
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }
}

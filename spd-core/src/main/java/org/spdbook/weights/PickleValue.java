package org.spdbook.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle holds besides numbers, texts and bytes. These compare by identity and do not print what they hold, so that no
 * structure of a file, which may hold itself, is ever walked without being asked for.
 */
abstract class PickleValue {

    private PickleValue() {}

    /** Python's None. */
    static final PickleValue NONE = new PickleValue() {};

    /** A tuple. */
    static final class Tuple extends PickleValue {
        final List<Object> items;

        Tuple(List<Object> items) {
            this.items = items;
        }
    }

    /** A list, or a set. */
    static final class Items extends PickleValue {
        final List<Object> items = new ArrayList<>();
    }

    /** A dictionary, ordered or not. */
    static final class Dictionary extends PickleValue {
        final Map<Object, Object> entries = new LinkedHashMap<>();
    }

    /** A name of Python that tensors need: a type of storage or element, or what is called to build something. */
    static final class Named extends PickleValue {
        final String name;

        Named(String name) {
            this.name = name;
        }
    }

    /** A module of TorchScript, of which the attributes are kept and the class is not looked for. */
    static final class ScriptModule extends PickleValue {
        final Map<Object, Object> attributes = new LinkedHashMap<>();
    }

    /** Something of a known type beside the tensors, of which the name alone is kept. */
    static final class Skipped extends PickleValue {
        final String name;

        Skipped(String name) {
            this.name = name;
        }
    }
}

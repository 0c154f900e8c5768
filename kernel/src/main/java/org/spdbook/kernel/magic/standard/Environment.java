package org.spdbook.kernel.magic.standard;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The environment of the processes that magics start. Java cannot change its own. Safe for any thread. */
final class Environment {

    private final Map<String, String> variables = Collections.synchronizedMap(new TreeMap<>(System.getenv()));

    /** The variables, by name; to be read and changed. */
    Map<String, String> variables() {
        return variables;
    }
}

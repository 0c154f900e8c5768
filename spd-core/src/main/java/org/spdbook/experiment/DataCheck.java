package org.spdbook.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a look at all files of a world's data found.
 *
 * @param facts in the order to be shown: what to what
 * @param complete whether everything is there and can be read
 */
public record DataCheck(Map<String, String> facts, boolean complete) {

    public DataCheck {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}

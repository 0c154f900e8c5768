package org.spdbook.experiment;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.eval.Outcomes;

/** The outcomes of a run in JSON, under the name {@code hits}: an object with a text per test set, or nothing where they were not kept. */
public final class OutcomesJson {

    /** The entry of a run that has them. */
    public static final String NAME = "hits";

    private OutcomesJson() {}

    /** As a tree, per test set. */
    public static Map<String, String> tree(Map<String, Outcomes> outcomes) {
        Map<String, String> tree = new LinkedHashMap<>();
        outcomes.forEach((set, one) -> tree.put(set, one.toText()));
        return tree;
    }

    /** Those of an object that may have them. */
    public static Map<String, Outcomes> read(JsonObject object) {
        Map<String, Outcomes> outcomes = new LinkedHashMap<>();
        if (object.has(NAME)) {
            object.getAsJsonObject(NAME)
                    .entrySet()
                    .forEach(entry -> outcomes.put(
                            entry.getKey(), Outcomes.parse(entry.getValue().getAsString())));
        }
        return outcomes;
    }
}

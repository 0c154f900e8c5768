package org.spdbook.experiment;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.eval.Hits;

/** The hits of a run in JSON: an object with a text per test set, or nothing where they were not kept. */
public final class HitsJson {

    /** The entry of a run that has them. */
    public static final String NAME = "hits";

    private HitsJson() {}

    /** As a tree, per test set. */
    public static Map<String, String> tree(Map<String, Hits> hits) {
        Map<String, String> tree = new LinkedHashMap<>();
        hits.forEach((set, one) -> tree.put(set, one.toText()));
        return tree;
    }

    /** Those of an object that may have them. */
    public static Map<String, Hits> read(JsonObject object) {
        Map<String, Hits> hits = new LinkedHashMap<>();
        if (object.has(NAME)) {
            object.getAsJsonObject(NAME)
                    .entrySet()
                    .forEach(entry ->
                            hits.put(entry.getKey(), Hits.parse(entry.getValue().getAsString())));
        }
        return hits;
    }
}

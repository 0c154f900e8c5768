package org.spdbook.weights.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.spdbook.weights.JsonFile;

/** The files over which an index such as {@code model.safetensors.index.json} spreads weights; read before any of them is there. */
public final class WeightIndex {

    private static final String ENDING = ".index.json";

    private WeightIndex() {}

    /** Whether a file is one by its name. */
    public static boolean isIndex(String name) {
        return name.endsWith(ENDING);
    }

    /**
     * The files that an index names, sorted.
     *
     * @param name of the index in its repository, whose folder the files are in
     * @param index where it is here
     * @throws IOException if it names none, or files outside its folder
     */
    public static List<String> files(String name, Path index) throws IOException {
        if (!(JsonFile.object(index).get("weight_map") instanceof JsonObject map)) {
            throw new IOException(index + " has no weight_map with the file of each tensor; pull it again");
        }
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        SortedSet<String> files = new TreeSet<>();
        for (JsonElement value : map.asMap().values()) {
            if (!(value instanceof JsonPrimitive text)
                    || !text.isString()
                    || text.getAsString().matches("\\.\\.?|.*[/\\\\:].*")) {
                throw new IOException(
                        index + " names " + value + ", which is no file name of its folder; pull it again");
            }
            files.add(folder + text.getAsString());
        }
        return List.copyOf(files);
    }
}

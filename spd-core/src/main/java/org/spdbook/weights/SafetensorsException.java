package org.spdbook.weights;

import java.io.IOException;
import java.nio.file.Path;

/** A file that breaks the safetensors format, or an index of shards that breaks its own. The message names the file, and the tensor and offset where there is one. */
public final class SafetensorsException extends IOException {

    private static final long serialVersionUID = 1;

    private static final int LONGEST = 600;

    SafetensorsException(Path file, String what) {
        super((file.toString().endsWith(".json") ? "index of weights " : "safetensors file ") + file
                + " cannot be read: " + inOneLine(what) + "; get the file again or check where it came from");
    }

    /** Names come from the file: neither their line breaks nor their length may spoil the sentence. */
    static String inOneLine(String what) {
        String start = what.length() > LONGEST ? what.substring(0, LONGEST) + " ..." : what;
        return start.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}

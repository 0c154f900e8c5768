package org.spdbook.weights;

import java.io.IOException;
import java.nio.file.Path;

/** A file that breaks the safetensors format. The message names the file, and the tensor and offset where there is one. */
public final class SafetensorsException extends IOException {

    private static final long serialVersionUID = 1;

    SafetensorsException(Path file, String what) {
        super("safetensors file " + file + " cannot be read: " + what
                + "; get the file again or check where it came from");
    }
}

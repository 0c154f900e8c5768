package org.spdbook.weights;

import java.io.IOException;
import java.nio.file.Path;

/** A torch.save archive that is broken, or asks for more than tensors. The message names the file and says what to do. */
public final class TorchZipException extends IOException {

    private static final long serialVersionUID = 1;

    private static final String GET_AGAIN = "get the file again or check where it came from";

    TorchZipException(Path file, String what) {
        this(file, what, GET_AGAIN);
    }

    TorchZipException(Path file, String what, String advice) {
        super("torch file " + file + " cannot be read: " + SafetensorsException.inOneLine(what) + "; "
                + SafetensorsException.inOneLine(advice));
    }
}

package org.spdbook.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the kernel on a Jupyter connection file. */
public final class Main {

    private Main() {}

    /** The one argument is the path of the connection file. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("the kernel takes the path of a connection file, got " + arguments.length
                    + " arguments; Jupyter gives it");
        }
        var properties = KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0])));
        var connection = new JupyterConnection(properties);
        new JavaKernel().becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
        System.exit(0);
    }
}

package org.spdbook.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.spdbook.kernel.protocol.KernelConnection;

/** Starts the kernel on a Jupyter connection file. */
public final class Main {

    private static final int HANGING_MILLIS = 3000;

    private Main() {}

    /** The arguments are those of {@link KernelOptions}. Ends when Jupyter says so, and when the Jupyter that started it is gone. */
    public static void main(String[] arguments) {
        JavaKernel kernel;
        KernelConnection connection;
        try {
            KernelOptions options = KernelOptions.parse(arguments);
            kernel = new JavaKernel(options); // first, as its Java session is being made from here on
            connection = connection(properties(options.connectionFile()), kernel);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        endWithParent();
        Runtime.getRuntime().addShutdownHook(new Thread(kernel::ending, "kernel-ending"));
        kernel.serve(connection);
        exit();
    }

    private static KernelConnectionProperties properties(Path file) {
        try {
            return KernelConnectionProperties.parse(Files.readString(file));
        } catch (IOException | RuntimeException e) { // no message of the parser: it may hold the key
            throw new IllegalArgumentException("the connection file " + file
                    + " cannot be read, or is not what Jupyter writes; start the kernel from Jupyter");
        }
    }

    private static KernelConnection connection(KernelConnectionProperties properties, JavaKernel kernel) {
        try {
            return new KernelConnection(properties, kernel);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this Java does not know the signature of the connection file, "
                    + properties.getSignatureScheme() + "; hmac-sha256 is what Jupyter uses");
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the process ends with it
    private static void endWithParent() {
        Optional.ofNullable(System.getenv("JPY_PARENT_PID"))
                .flatMap(id -> ProcessHandle.of(Long.parseLong(id)))
                .ifPresent(parent -> parent.onExit().thenRun(Main::exit));
    }

    /** Ends the process, also when a shutdown hook of the user does not return. */
    private static void exit() {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(HANGING_MILLIS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(0);
                },
                "kernel-exit");
        watch.setDaemon(true);
        watch.start();
        System.exit(0);
    }
}

package org.spdbook.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.spdbook.kernel.protocol.KernelConnection;

/** Starts the kernel on a Jupyter connection file. */
public final class Main {

    private static final int HANGING_MILLIS = 3000;

    private Main() {}

    /** The one argument is the path of the connection file. Ends when Jupyter says so, and when the Jupyter that started it is gone. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("the kernel takes the path of a connection file, got " + arguments.length
                    + " arguments; Jupyter gives it");
            System.exit(2);
        }
        var properties = KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0])));
        endWithParent();
        JavaKernel kernel = new JavaKernel();
        kernel.serve(new KernelConnection(properties, kernel));
        exit();
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

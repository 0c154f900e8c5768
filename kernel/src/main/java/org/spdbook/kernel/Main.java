package org.spdbook.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.spdbook.kernel.protocol.KernelConnection;

/** Starts the kernel on a Jupyter connection file. */
public final class Main {

    private static final int HANGING_MILLIS = 3000;

    private Main() {}

    /** The arguments are those of {@link KernelOptions}. Ends when Jupyter says so, and when the Jupyter that started it is gone. */
    public static void main(String[] arguments) throws Exception {
        KernelOptions options;
        try {
            options = KernelOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        var properties = KernelConnectionProperties.parse(Files.readString(options.connectionFile()));
        logToTheConsole();
        endWithParent();
        JavaKernel kernel = new JavaKernel(options);
        kernel.serve(new KernelConnection(properties, kernel));
        exit();
    }

    /** The log goes to the standard error that the process was started with, not to the cell that runs. */
    private static void logToTheConsole() {
        System.setProperty("org.slf4j.simpleLogger.cacheOutputStream", "true");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        LoggerFactory.getLogger(Main.class);
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

package org.spdbook.kernel.install;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.spdbook.kernel.Main;

/** What the kernel's jar runs by itself: a word of {@link KernelCommand}, or the kernel on a connection file. */
public final class Launcher {

    private Launcher() {}

    /** Ends the process with 0 when the word was done, 1 when it failed, 2 for wrong use. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[arguments.length - 1].endsWith(".json")) {
            Main.main(arguments);
            return;
        }
        PrintStream out = stream(FileDescriptor.out);
        PrintStream messages = stream(FileDescriptor.err);
        int code;
        try {
            Contents contents = Contents.alone(Contents.runningJar());
            code = new KernelCommand(contents, Surroundings.here(), out, messages).run(List.of(arguments));
        } catch (IllegalArgumentException e) {
            messages.println(e.getMessage());
            code = 2;
        }
        System.exit(code);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}

package org.spdbook.kernel.shell;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the reader of the notebook from the code of a cell: {@code String name = Ask.line("Your name: ");}. Plain {@code System.in}
 * works too, without a prompt; {@code System.console()} is no console of the notebook. From any thread of the cell that runs.
 */
public final class Ask {

    private static volatile @Nullable Front front;

    /** Who can ask. */
    @FunctionalInterface
    public interface Front {
        /**
         * One line from the reader.
         *
         * @param prompt shown before it
         * @param password whether what is typed is hidden
         * @throws IOException when this front-end gives no input, or the cell is interrupted
         */
        String ask(String prompt, boolean password) throws IOException;
    }

    private Ask() {}

    /**
     * A line that the reader types.
     *
     * @throws IOException when this front-end gives no input, or the cell is interrupted
     */
    public static String line(String prompt) throws IOException {
        return ask(prompt, false);
    }

    /**
     * A line that nobody sees while it is typed.
     *
     * @throws IOException when this front-end gives no input, or the cell is interrupted
     */
    public static String password(String prompt) throws IOException {
        return ask(prompt, true);
    }

    private static String ask(String prompt, boolean password) throws IOException {
        Front asked = front;
        if (asked == null) {
            throw new IOException("there is no front-end that could be asked: " + prompt);
        }
        return asked.ask(prompt, password);
    }

    /** Called once by the kernel. */
    public static void install(Front kernel) {
        front = kernel;
    }
}

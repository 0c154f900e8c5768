package org.spdbook.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;

/**
 * A command of the notebook: {@code %name arguments} on a line, or {@code %%name arguments} at the top of a cell whose
 * other lines are its body. Found by {@link java.util.ServiceLoader}: one class and one line in {@code
 * META-INF/services/org.spdbook.kernel.magic.Magic}.
 */
public interface Magic {

    /** The word after {@code %}, lower case. */
    String name();

    /** One line for the list of magics. */
    String summary();

    /**
     * Does the work, on the thread of the cell.
     *
     * @return a value shown as the result of the cell when the magic is its last statement, or null for none
     * @throws MagicException for wrong use: its message is shown alone, without a stack trace
     * @throws Exception anything else is shown as an error of the cell
     */
    @Nullable
    Object run(MagicCall call) throws Exception;

    /** Whether what stands after the name, and the lines below a cell magic, are Java, to be completed like a cell. */
    default boolean takesJava() {
        return false;
    }

    /**
     * Whether the line after the name is one text, given as it was typed: code, or a command of another language. Otherwise it is
     * split into words.
     */
    default boolean takesText() {
        return false;
    }

    /**
     * What could stand at the cursor, for a magic that completes files.
     *
     * @param line as in {@link #complete(List)}, which this calls unless a magic says otherwise
     * @param folder where relative paths begin
     */
    default List<Completion> complete(List<String> line, Path folder) {
        return complete(line);
    }

    /**
     * What could stand at the cursor.
     *
     * @param line the line after {@code %name}, up to the cursor, split into words; the last one is what is being typed
     *     (perhaps empty)
     */
    default List<Completion> complete(List<String> line) {
        return List.of();
    }

    /** Help on this magic and the words typed so far. */
    default Optional<DisplayBundle> inspect(List<String> line) {
        return Optional.of(DisplayBundle.text("%" + name() + ": " + summary()));
    }

    /**
     * One completion.
     *
     * @param text replaces the word being typed
     * @param type kind shown beside it: command, option, value, file
     */
    record Completion(String text, String type) {}
}

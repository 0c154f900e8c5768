package org.spdbook.kernel;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.spdbook.kernel.protocol.KernelConnection;
import org.spdbook.kernel.protocol.Request;

/**
 * Requests that nobody sent, answered while the kernel has nothing to do, so that the JVM has compiled the way of a message before
 * someone waits for one. Only such as leave the session as it is; nobody hears of the answers.
 */
final class Rehearsal {

    /** Above this many calls the JVM compiles a method that is called in turn with others. */
    private static final int ROUNDS = 400;

    private static final List<String> SOURCES = List.of(
            "for (int i = 0; i < 3; i++) {",
            "int x = 1",
            "System.out.println(\"a\");\nvoid f(int a) {\n    if (a > 1)");

    private final KernelConnection connection;
    private final Consumer<Request> answer;
    private int round;

    /**
     * A rehearsal that has not begun.
     *
     * @param connection in whose format the messages are
     * @param answer the kernel's
     */
    Rehearsal(KernelConnection connection, Consumer<Request> answer) {
        this.connection = connection;
        this.answer = answer;
    }

    /**
     * Answers the next one; takes a few milliseconds at first.
     *
     * @return whether there are more
     */
    boolean step() {
        if (round == ROUNDS) {
            return false;
        }
        answer.accept(connection.unsent("is_complete_request", Map.of("code", SOURCES.get(round++ % SOURCES.size()))));
        return true;
    }
}

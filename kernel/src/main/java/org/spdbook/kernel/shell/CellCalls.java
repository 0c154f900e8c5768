package org.spdbook.kernel.shell;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * What the code of cells calls instead of some methods of the JDK; {@link Weaver} puts the calls in. Ending the process is an
 * error of the cell; what blocks on a socket is told to the thread of the cell, which closes the socket when it is stopped (as a
 * virtual thread does); processes that a cell starts are ended with it when it is stopped. Calls that libraries make themselves
 * are not changed. Not for use by hand.
 */
@SuppressWarnings({
    "try", // closing it is all that telling of a block is for
    "DoNotCallSuggester" // to throw is what cells call exit and halt for
})
public final class CellCalls {

    /** Types whose methods are replaced, with the method's class as cells may spell it. */
    private static final Map<String, Class<?>> OWNERS = Map.of(
            "java/lang/System", System.class,
            "java/lang/Runtime", Runtime.class,
            "java/lang/ProcessBuilder", ProcessBuilder.class,
            "java/net/Socket", Socket.class,
            "javax/net/ssl/SSLSocket", Socket.class,
            "java/net/ServerSocket", ServerSocket.class,
            "java/net/DatagramSocket", DatagramSocket.class);

    /** Descriptors of this class' methods, by name. */
    private static final Map<String, List<String>> OURS = Arrays.stream(CellCalls.class.getDeclaredMethods())
            .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
            .collect(Collectors.groupingBy(
                    Method::getName, Collectors.mapping(Type::getMethodDescriptor, Collectors.toList())));

    private CellCalls() {}

    /** Descriptor of the method here that takes the place of another; null for none. */
    static @Nullable String instead(String owner, String name, String type) {
        List<String> named = OURS.get(name);
        Class<?> known = OWNERS.get(owner);
        if (named == null || known == null) {
            return null;
        }
        String ofInstance = "(" + Type.getDescriptor(known) + type.substring(1);
        boolean isStatic = known == System.class || name.equals("startPipeline");
        String wanted = isStatic ? type : ofInstance;
        return named.contains(wanted) ? wanted : null;
    }

    /** For {@code System.exit}. */
    public static void exit(int status) {
        throw new ExitCalled("System.exit(" + status + ")");
    }

    /** For {@code Runtime.exit}. */
    public static void exit(Runtime runtime, int status) {
        throw new ExitCalled("Runtime.exit(" + status + ")");
    }

    /** For {@code Runtime.halt}. */
    public static void halt(Runtime runtime, int status) {
        throw new ExitCalled("Runtime.halt(" + status + ")");
    }

    /** For {@code ProcessBuilder.start}. */
    public static Process start(ProcessBuilder builder) throws IOException {
        return CellThread.started(builder.start());
    }

    /** For {@code ProcessBuilder.startPipeline}. */
    public static List<Process> startPipeline(List<ProcessBuilder> builders) throws IOException {
        List<Process> started = ProcessBuilder.startPipeline(builders);
        started.forEach(CellThread::started);
        return started;
    }

    /** For {@code Runtime.exec}. */
    @SuppressWarnings("deprecation") // it is the cell that calls it
    public static Process exec(Runtime runtime, String command) throws IOException {
        return CellThread.started(runtime.exec(command));
    }

    /** For {@code Runtime.exec}. */
    public static Process exec(Runtime runtime, String[] command) throws IOException {
        return CellThread.started(runtime.exec(command));
    }

    /** For {@code Socket.connect}. */
    public static void connect(Socket socket, SocketAddress address) throws IOException {
        connect(socket, address, 0);
    }

    /** For {@code Socket.connect}. */
    public static void connect(Socket socket, SocketAddress address, int timeout) throws IOException {
        try (var blocked = CellThread.blockedOn(socket)) {
            socket.connect(address, timeout);
        }
    }

    /** For {@code Socket.getInputStream}. */
    public static InputStream getInputStream(Socket socket) throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                try (var blocked = CellThread.blockedOn(socket)) {
                    return super.read();
                }
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try (var blocked = CellThread.blockedOn(socket)) {
                    return super.read(target, offset, length);
                }
            }
        };
    }

    /** For {@code ServerSocket.accept}. */
    public static Socket accept(ServerSocket server) throws IOException {
        try (var blocked = CellThread.blockedOn(server)) {
            return server.accept();
        }
    }

    /** For {@code DatagramSocket.receive}. */
    public static void receive(DatagramSocket socket, DatagramPacket packet) throws IOException {
        try (var blocked = CellThread.blockedOn(socket)) {
            socket.receive(packet);
        }
    }
}

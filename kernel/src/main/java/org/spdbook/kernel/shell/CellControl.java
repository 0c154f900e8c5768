package org.spdbook.kernel.shell;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this process. JShell passes values as text; this engine also hands out the object itself. Stopping is the
 * JDK's: on 17 it stops the thread, later ones weave checks into the snippets. The JDK's engine waits for every thread that a
 * snippet starts (those that it happens to see); here a snippet ends when its own code does.
 */
final class CellControl extends LocalExecutionControl {

    private static final InheritableThreadLocal<Call> CALL = new InheritableThreadLocal<>();

    private final AtomicLong snippetNanos = new AtomicLong();
    private @Nullable Object value;

    /** One run of a snippet, or of work that calls the user's code: what it gives, or how it fails. */
    private record Call(Callable<? extends @Nullable Object> body, CompletableFuture<@Nullable Object> end) {}

    CellControl(CellClasses classes) {
        super(classes);
    }

    /** Called by the JDK's engine in place of the snippet, on the thread that it made for it. */
    static void runSnippet() throws Exception {
        Call call = CALL.get();
        try {
            call.end().complete(call.body().call());
        } catch (Throwable e) {
            call.end().completeExceptionally(e);
            throw e;
        }
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        run(() -> snippet.invoke(null));
        return ""; // the text of a value is made where it is shown, and where an interrupt reaches it
    }

    /**
     * Runs work of the kernel that calls code of the user, so that {@link #stop} ends it as it ends a snippet. Not while a snippet
     * runs.
     *
     * @throws StoppedException if it was stopped
     */
    @Nullable
    Object call(Callable<?> work) throws Exception {
        clientCodeEnter();
        try {
            return run(work);
        } finally {
            clientCodeLeave();
        }
    }

    private @Nullable Object run(Callable<? extends @Nullable Object> body) throws Exception {
        var call = new Call(body, new CompletableFuture<>());
        Method instead = CellControl.class.getDeclaredMethod("runSnippet");
        instead.setAccessible(true);
        Thread waiter = new Thread(
                () -> {
                    CALL.set(call);
                    try {
                        super.invoke(instead);
                        call.end().complete(null);
                    } catch (Throwable e) {
                        call.end().completeExceptionally(e);
                    }
                },
                "snippet-end");
        waiter.setDaemon(true);
        long began = System.nanoTime();
        waiter.start();
        try {
            return uninterrupted(call.end());
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause();
            Throwable inner = thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
            if (inner instanceof ThreadDeath
                    || (inner != null && inner.getClass().getName().startsWith("jdk.jshell.execution."))) {
                throw new StoppedException();
            }
            throw thrown instanceof Exception exception ? exception : new InvocationTargetException(thrown);
        } finally {
            snippetNanos.addAndGet(System.nanoTime() - began);
        }
    }

    /** An interrupt is meant for the snippet, which {@link #stop} reaches; its end is waited for all the same. */
    private static @Nullable Object uninterrupted(CompletableFuture<@Nullable Object> end) throws ExecutionException {
        while (true) {
            try {
                return end.get();
            } catch (InterruptedException e) {
                // wait on
            }
        }
    }

    @Override
    public String varValue(String className, String variable)
            throws RunException, EngineTerminationException, InternalException {
        try {
            Field field = findClass(className).getDeclaredField(variable);
            field.setAccessible(true);
            value = field.get(null);
            return "";
        } catch (ReflectiveOperationException e) {
            throw new InternalException("the variable " + variable + " cannot be read: " + e);
        }
    }

    /** Time that snippets have run. */
    long snippetNanos() {
        return snippetNanos.get();
    }

    /** The object that the last {@link #varValue} read; forgotten here. */
    @Nullable
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** Gives JShell this one engine. */
    ExecutionControlProvider provider() {
        return new ExecutionControlProvider() {
            @Override
            public String name() {
                return "cell";
            }

            @Override
            public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
                return CellControl.this;
            }
        };
    }
}

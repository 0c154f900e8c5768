package org.spdbook.kernel.shell;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this process, on the thread of the cell. JShell passes values and exceptions as text; this engine hands out
 * the objects themselves. Stopping is a matter of {@link CellThread}.
 */
final class CellControl extends DirectExecutionControl {

    private final AtomicLong snippetNanos = new AtomicLong();
    private @Nullable Object value;
    private @Nullable Throwable thrown;

    CellControl(CellClasses classes) {
        super(classes);
    }

    /** JShell says nothing of a class that cannot be loaded, for one because it needs preview features. */
    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        try {
            super.load(classes);
        } catch (ClassInstallException e) {
            thrown = unloadable(e);
            throw e;
        }
    }

    /** JShell says nothing of a snippet that cannot be started, for one because a class that it needs is missing. */
    @Override
    public String invoke(String className, String method)
            throws RunException, InternalException, EngineTerminationException {
        try {
            return super.invoke(className, method);
        } catch (InternalException e) {
            thrown = thrown == null ? unloadable(e) : thrown;
            return throwConvertedInvocationException(thrown);
        }
    }

    /** Without a stack, which would be the kernel's. */
    private static Throwable unloadable(Exception reason) {
        var error = new LinkageError(reason.getMessage());
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        thrown = null;
        long began = System.nanoTime();
        try {
            CellThread.inUserCode(() -> snippet.invoke(null));
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
            throw e;
        } catch (CellStopped | LinkageError e) {
            thrown = e;
            throw new InvocationTargetException(e);
        } finally {
            snippetNanos.addAndGet(System.nanoTime() - began);
        }
        return "";
    }

    /** JShell needs to know only that the snippet threw: {@link #takeThrown} has the rest. */
    @Override
    protected String throwConvertedInvocationException(Throwable cause) throws RunException {
        throw new UserException("", cause.getClass().getName(), new StackTraceElement[0]);
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

    /** Lets go of the object that a variable holds; one of a primitive type keeps its value. */
    void clear(String className, String variable) {
        try {
            Field field = findClass(className).getDeclaredField(variable);
            if (!field.getType().isPrimitive()) {
                field.setAccessible(true);
                field.set(null, null);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the variable " + variable + " cannot be cleared", e);
        }
    }

    /** The object that the last {@link #varValue} read; forgotten here. */
    @Nullable
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** What the last snippet threw, null if it did not; forgotten here. */
    @Nullable
    Throwable takeThrown() {
        Throwable taken = thrown;
        thrown = null;
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

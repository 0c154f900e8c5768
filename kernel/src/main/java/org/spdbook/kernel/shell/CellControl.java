package org.spdbook.kernel.shell;

import java.lang.reflect.Field;
import java.util.Map;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this process. JShell passes values as text; this engine also hands out the object itself. Stopping is the
 * JDK's: on 17 it stops the thread, later ones weave checks into the snippets.
 */
final class CellControl extends LocalExecutionControl {

    private @Nullable Object value;

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

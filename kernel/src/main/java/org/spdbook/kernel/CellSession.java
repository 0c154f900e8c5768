package org.spdbook.kernel;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.display.Renderers;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Session;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.shell.CellException;
import org.spdbook.kernel.shell.JavaShell;

/** What magics and displays of one cell may do. */
final class CellSession implements Session {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Request request;
    private final JavaShell shell;
    private final Renderers renderers;
    private final Output output;
    private final List<Runnable> cancels = new CopyOnWriteArrayList<>();

    CellSession(Request request, JavaShell shell, Renderers renderers, Output output) {
        this.request = request;
        this.shell = shell;
        this.renderers = renderers;
        this.output = output;
    }

    /**
     * Runs what was registered for an interrupt.
     *
     * @return whether there was any
     */
    boolean cancel() {
        cancels.forEach(Runnable::run);
        return !cancels.isEmpty();
    }

    @Override
    public <T> void bind(String name, Class<? super T> type, T value) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new MagicException("variable name " + name + " is no Java identifier; use letters, digits and _");
        }
        try {
            shell.bind(name, type, value);
        } catch (CellException e) {
            throw new MagicException("variable " + name + " cannot be bound: " + e.getMessage());
        }
    }

    @Override
    public Optional<Object> variable(String name) {
        return shell.variable(name);
    }

    @Override
    public List<String> variables(Class<?> type) {
        return shell.variables().stream()
                .filter(name -> shell.variable(name).filter(type::isInstance).isPresent())
                .toList();
    }

    @Override
    public DisplayHandle display(Object value) {
        String id = UUID.randomUUID().toString();
        show("display_data", value, Map.of("display_id", id));
        return new DisplayHandle() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public void update(Object next) {
                show("update_display_data", next, Map.of("display_id", id));
            }
        };
    }

    private void show(String type, Object value, Map<String, ?> passing) {
        output.deliver();
        DisplayBundle bundle = renderers.bundle(value);
        request.publish(type, Map.of("data", bundle.data(), "metadata", bundle.metadata(), "transient", passing));
    }

    @Override
    public PrintStream out() {
        return output.out();
    }

    @Override
    public PrintStream err() {
        return output.err();
    }

    @Override
    public Registration onInterrupt(Runnable cancel) {
        cancels.add(cancel);
        return () -> cancels.remove(cancel);
    }
}

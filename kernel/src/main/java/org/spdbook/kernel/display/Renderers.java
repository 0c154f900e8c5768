package org.spdbook.kernel.display;

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values to display bundles. In this order: what was registered for the class of the value or its nearest supertype, what the value
 * itself says as a {@link Displayable}, renderers found by ServiceLoader (those that came last first), the kernel's own for types of
 * the JDK, and the text of the value. One that fails is passed over. Safe for any thread.
 */
public final class Renderers {

    private static final Logger LOG = LoggerFactory.getLogger(Renderers.class);

    private final ClassLoader loader;
    private final List<Renderer> services = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, List<Registered>> registered = new ConcurrentHashMap<>();

    /** One registration: for a representation, or without a MIME type for the whole bundle. */
    private record Registered(@Nullable String mimeType, Function<Object, ? extends @Nullable Object> content) {}

    /** The renderers that a class loader finds. */
    public Renderers(ClassLoader loader) {
        this.loader = loader;
        rescan();
    }

    /** Finds renderers that came with what was added to the class path. */
    public void rescan() {
        var found = ServiceLoader.load(Renderer.class, loader).stream().iterator();
        List<Renderer> news = new ArrayList<>();
        while (true) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                var provider = found.next();
                if (services.stream().noneMatch(known -> known.getClass() == provider.type())) {
                    news.add(provider.get());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.warn("a renderer is left out: {}", e.getMessage());
            }
        }
        services.addAll(0, news);
    }

    /**
     * Shows values of a class, and of its subclasses that have none of their own, by a function; replaces what was registered for
     * that class before. Where the function gives null, the value is shown as if it were not registered.
     */
    public <T> void register(Class<T> type, Function<? super T, ? extends @Nullable DisplayBundle> bundle) {
        registered.put(wrapped(type), List.of(new Registered(null, cast(bundle))));
    }

    /**
     * Adds one representation to values of a class, beside those they have; replaces the one of the same MIME type registered for
     * that class before. Where the function gives null, there is none.
     */
    public <T> void register(Class<T> type, String mimeType, Function<? super T, ? extends @Nullable Object> content) {
        registered.compute(wrapped(type), (key, before) -> {
            List<Registered> all = new ArrayList<>(List.of(new Registered(mimeType, cast(content))));
            if (before != null) {
                before.stream().filter(one -> !mimeType.equals(one.mimeType())).forEach(all::add);
            }
            return List.copyOf(all);
        });
    }

    private static Class<?> wrapped(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    @SuppressWarnings("unchecked") // it is called with instances of its class alone
    private static Function<Object, ? extends @Nullable Object> cast(Function<?, ? extends @Nullable Object> function) {
        return (Function<Object, ? extends @Nullable Object>) function;
    }

    /** The bundle of any value, with what fails told in the log. */
    public DisplayBundle bundle(Object value) {
        return bundle(value, LOG::warn);
    }

    /**
     * The bundle of any value; a {@link DisplayBundle} is one already. Calls code of the user, such as {@code toString}, on this
     * thread.
     *
     * @param notes told, as a sentence, what failed on the way
     */
    public DisplayBundle bundle(Object value, Consumer<String> notes) {
        if (value instanceof DisplayBundle bundle) {
            return bundle;
        }
        Map<String, Object> added = new LinkedHashMap<>();
        DisplayBundle base = null;
        for (Class<?> type : Supertypes.of(value.getClass())) {
            for (Registered one : registered.getOrDefault(type, List.of())) {
                String mimeType = one.mimeType();
                if (mimeType == null && base == null) {
                    base = (DisplayBundle) call(one, value, notes);
                } else if (mimeType != null && base == null && !added.containsKey(mimeType)) {
                    Object content = call(one, value, notes);
                    if (content != null) {
                        added.put(mimeType, content);
                    }
                }
            }
        }
        DisplayBundle bundle = base == null ? unregistered(value, notes) : base;
        for (var one : added.entrySet()) {
            bundle = bundle.with(one.getKey(), one.getValue());
        }
        return bundle;
    }

    private static @Nullable Object call(Registered one, Object value, Consumer<String> notes) {
        return Guarded.call(
                () -> one.content().apply(value),
                "The renderer registered for " + TypeName.of(value.getClass()),
                notes);
    }

    private DisplayBundle unregistered(Object value, Consumer<String> notes) {
        if (value instanceof Displayable own) {
            DisplayBundle bundle = Guarded.call(own::display, "display of " + TypeName.of(value.getClass()), notes);
            if (bundle != null) {
                return bundle;
            }
        }
        for (Renderer renderer : services) {
            var bundle = Guarded.call(
                    () -> renderer.render(value),
                    "The renderer " + renderer.getClass().getName(),
                    notes);
            if (bundle != null && bundle.isPresent()) {
                return bundle.get();
            }
        }
        DisplayBundle bundle = Guarded.call(
                () -> BuiltIn.bundle(value, this, notes), "Showing " + TypeName.of(value.getClass()), notes);
        return bundle == null ? DisplayBundle.text(PlainText.of(value, notes)) : bundle;
    }
}

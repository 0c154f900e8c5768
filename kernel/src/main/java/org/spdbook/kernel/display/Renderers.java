package org.spdbook.kernel.display;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Values to display bundles, by the renderers that ServiceLoader finds and by their text otherwise. */
public final class Renderers {

    private static final int SHOWN = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Renderers.class);

    private final ClassLoader loader;
    private final List<Renderer> renderers = new CopyOnWriteArrayList<>();

    /** The renderers that a class loader finds. */
    public Renderers(ClassLoader loader) {
        this.loader = loader;
        rescan();
    }

    /** Finds renderers that came with what was added to the class path. */
    public void rescan() {
        var found = ServiceLoader.load(Renderer.class, loader).stream().iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                var provider = found.next();
                if (renderers.stream().noneMatch(known -> known.getClass() == provider.type())) {
                    renderers.add(provider.get());
                }
            } catch (ServiceConfigurationError e) {
                LOG.warn("a renderer is left out: {}", e.getMessage());
            }
        }
    }

    /** The bundle of any value; a {@link DisplayBundle} is one already. */
    public DisplayBundle bundle(Object value) {
        if (value instanceof DisplayBundle bundle) {
            return bundle;
        }
        for (Renderer renderer : renderers) {
            Optional<DisplayBundle> bundle = renderer.render(value);
            if (bundle.isPresent()) {
                return bundle.get();
            }
        }
        return DisplayBundle.text(text(value));
    }

    private static String text(Object value) {
        if (!value.getClass().isArray()) {
            return String.valueOf(value);
        }
        List<String> elements = new ArrayList<>();
        int length = Array.getLength(value);
        for (int i = 0; i < Math.min(length, SHOWN); i++) {
            Object element = Array.get(value, i);
            elements.add(element == null ? "null" : text(element));
        }
        return "[" + String.join(", ", elements) + (length > SHOWN ? ", ... " + length + " elements]" : "]");
    }
}

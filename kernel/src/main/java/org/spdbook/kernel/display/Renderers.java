package org.spdbook.kernel.display;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Values to display bundles, by the renderers that ServiceLoader finds and by their text otherwise. */
public final class Renderers {

    private static final int SHOWN = 1000;

    private final List<Renderer> renderers =
            ServiceLoader.load(Renderer.class, Renderers.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

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

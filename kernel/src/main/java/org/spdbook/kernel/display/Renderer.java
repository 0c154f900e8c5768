package org.spdbook.kernel.display;

import java.util.Optional;

/**
 * Turns values of some type into a {@link DisplayBundle}. Found by {@link java.util.ServiceLoader}: one class and one
 * line in {@code META-INF/services/org.spdbook.kernel.display.Renderer}.
 */
public interface Renderer {

    /**
     * The bundle for a value this renderer knows, or empty to let the next one try. Must be quick for values it does
     * not know, and must not change the value.
     */
    Optional<DisplayBundle> render(Object value);
}

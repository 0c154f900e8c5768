package org.spdbook.optim;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Makes an update rule known by name. Found by {@link ServiceLoader}: one class and one line in {@code
 * META-INF/services/org.spdbook.optim.OptimizerService}, and the word works in {@code %spd train --optimizer}.
 */
public interface OptimizerService {

    /** The word, lower case with hyphens. */
    String name();

    /** What it is, in one line. */
    String summary();

    /** The options it takes. */
    List<OptionSpec> options();

    /**
     * A rule with these options, all of which have a value.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    UpdateRule create(Options options);

    /** All optimisers on the class path, by name. */
    static Map<String, OptimizerService> all() {
        return Found.SERVICES;
    }

    /** The optimisers, when first asked for. */
    final class Found {

        private static final Map<String, OptimizerService> SERVICES = load();

        private Found() {}

        private static Map<String, OptimizerService> load() {
            Map<String, OptimizerService> services = new TreeMap<>();
            ServiceLoader.load(OptimizerService.class, OptimizerService.class.getClassLoader())
                    .forEach(service -> services.put(service.name(), service));
            return Collections.unmodifiableMap(services);
        }
    }

    /**
     * A rule by name.
     *
     * @param given option values as typed; the rest take their defaults
     * @throws IllegalArgumentException if the name or an option is not known, or a value cannot be read
     */
    static UpdateRule create(String name, Map<String, String> given) {
        return named(name).create(Options.of(name, named(name).options(), given));
    }

    /**
     * The service of a name.
     *
     * @throws IllegalArgumentException if there is none, with the known names
     */
    static OptimizerService named(String name) {
        OptimizerService service = all().get(name);
        if (service == null) {
            throw new IllegalArgumentException(
                    "optimizer " + name + " is not known; choose one of " + String.join(", ", all().keySet()));
        }
        return service;
    }
}

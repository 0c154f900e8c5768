package org.spdbook.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Recognises one kind of reference folder by its content and compares our results with those in it. Found by {@link
 * ServiceLoader}.
 */
public interface Verifier {

    /** The kind in a few words, with the files that tell it: {@code "resize (cases.json with filter ...)"}. */
    String kind();

    /**
     * Whether the folder is of this kind; must be quick.
     *
     * @throws IOException if a file that would tell is broken
     */
    boolean recognises(Path folder) throws IOException;

    /**
     * Computes everything and compares.
     *
     * @throws IOException if a file cannot be read
     */
    List<Difference> compare(Path folder) throws IOException;

    /** All verifiers on the class path. */
    static List<Verifier> all() {
        return ServiceLoader.load(Verifier.class, Verifier.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * The verifier for a folder, or empty when its kind is not known.
     *
     * @throws IOException if a file that would tell is broken
     */
    static Optional<Verifier> of(Path folder) throws IOException {
        for (Verifier verifier : all()) {
            if (verifier.recognises(folder)) {
                return Optional.of(verifier);
            }
        }
        return Optional.empty();
    }
}

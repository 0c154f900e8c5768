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

    /** Whether the folder is of this kind; must be quick. */
    boolean recognises(Path folder);

    /**
     * Computes everything and compares.
     *
     * @throws IOException if a file cannot be read
     */
    List<Difference> compare(Path folder) throws IOException;

    /** The verifier for a folder, or empty when its kind is not known. */
    static Optional<Verifier> of(Path folder) {
        return ServiceLoader.load(Verifier.class, Verifier.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(verifier -> verifier.recognises(folder))
                .findFirst();
    }
}

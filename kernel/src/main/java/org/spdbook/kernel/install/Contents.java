package org.spdbook.kernel.install;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spdbook.kernel.Main;

/**
 * What a kernelspec starts.
 *
 * @param jar of the kernel
 * @param libraries what cells and magics see besides the kernel, as the option {@code -cp} takes it; empty for none
 * @param shared packages of the libraries that a jar added in a cell never replaces
 * @param options of the JVM
 * @param environment variables for the kernel, beside those of Jupyter
 */
public record Contents(
        Path jar, String libraries, List<String> shared, List<String> options, Map<String, String> environment) {

    public Contents {
        shared = List.copyOf(shared);
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /**
     * The kernel alone.
     *
     * @param jar of the kernel
     */
    public static Contents alone(Path jar) {
        return new Contents(jar, "", List.of(), List.of(), Map.of());
    }

    /** The kernel's jar that this class was loaded from; when it was loaded from a folder of classes, that folder. */
    public static Path runningJar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the kernel's own jar is at no path of this machine", e);
        }
    }
}

package org.spdbook.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a kernel is started, as {@link org.spdbook.kernel.install.KernelSpec} writes it.
 *
 * @param libraries class path of the cells at the start, besides the kernel's own jar; {@code DIR/*} for all jars of a folder
 * @param shared packages of the libraries that a jar added in a cell never replaces
 * @param preview whether cells may use preview features of the language; the JVM then needs {@code --enable-preview}
 * @param connectionFile written by Jupyter
 */
record KernelOptions(String libraries, List<String> shared, boolean preview, Path connectionFile) {

    /**
     * Reads {@code [--libraries PATH] [--shared PACKAGE,...] [--preview] CONNECTION_FILE}.
     *
     * @throws IllegalArgumentException with a sentence for anything else
     */
    static KernelOptions parse(String[] arguments) {
        String libraries = "";
        List<String> shared = List.of();
        boolean preview = false;
        @Nullable Path file = null;
        List<String> left = new ArrayList<>(Arrays.asList(arguments));
        while (!left.isEmpty()) {
            String word = left.remove(0);
            switch (word) {
                case "--libraries" -> libraries = value(word, left);
                case "--shared" -> shared = List.of(value(word, left).split(","));
                case "--preview" -> preview = true;
                default -> {
                    if (file != null || word.startsWith("--")) {
                        throw new IllegalArgumentException("the kernel does not know the argument " + word
                                + "; it takes --libraries, --shared, --preview and the path of a connection file");
                    }
                    file = Path.of(word);
                }
            }
        }
        if (file == null) {
            throw new IllegalArgumentException(
                    "the kernel needs the path of a connection file, which Jupyter gives; found none");
        }
        return new KernelOptions(libraries, shared, preview, file);
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException("the kernel's argument " + option + " needs a value; found none");
        }
        return left.remove(0);
    }
}

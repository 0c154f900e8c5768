package org.spdbook.experiment.disk;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where files are looked for that do not come with the software: in the folder that an environment variable names ({@code
 * SPD_DATA}; a Java property {@code spd.data} goes before it), or in one of the current folder ({@code data}).
 */
public enum Place {
    /** Data sets. */
    DATA("SPD_DATA", "data"),
    /** Pre-trained weights. */
    WEIGHTS("SPD_WEIGHTS", "weights");

    private final String variable;
    private final String usual;

    Place(String variable, String usual) {
        this.variable = variable;
        this.usual = usual;
    }

    /** The absolute path of a file or folder in it, which need not be there. */
    public Path resolve(String name) {
        @Nullable
        String given = System.getProperty(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
        if (given == null || given.isBlank()) {
            given = System.getenv(variable);
        }
        return Path.of(given == null || given.isBlank() ? usual : given)
                .resolve(name)
                .toAbsolutePath()
                .normalize();
    }

    /** For an error: how it is chosen. */
    public String choice() {
        return variable + " names the folder above, " + usual + " when it is not set";
    }
}

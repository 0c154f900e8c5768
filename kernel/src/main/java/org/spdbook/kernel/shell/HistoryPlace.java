package org.spdbook.kernel.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the history is kept between sessions. */
final class HistoryPlace {

    /** Names another file; empty means that nothing is kept. */
    static final String VARIABLE = "SPD_KERNEL_HISTORY";

    private static final String NAME = "history.jsonl";

    private HistoryPlace() {}

    /**
     * The file in the user's folder for the state of programs.
     *
     * @param environment of the process
     * @param system {@code os.name}
     * @param home the user's folder
     * @return empty when history is not to be kept
     */
    static Optional<Path> of(Map<String, String> environment, String system, String home) {
        String named = environment.get(VARIABLE);
        try {
            return named != null
                    ? Optional.of(named).filter(text -> !text.isBlank()).map(Path::of)
                    : Optional.of(folder(environment, system.toLowerCase(Locale.ROOT), home)
                            .resolve("spd-kernel")
                            .resolve(NAME));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path folder(Map<String, String> environment, String system, String home) {
        if (system.startsWith("windows")) {
            return absolute(environment.get("LOCALAPPDATA"), Path.of(home, "AppData", "Local"));
        }
        return system.startsWith("mac")
                ? Path.of(home, "Library", "Application Support")
                : absolute(environment.get("XDG_STATE_HOME"), Path.of(home, ".local", "state"));
    }

    /** The XDG base directory specification has relative paths ignored. */
    private static Path absolute(@Nullable String named, Path otherwise) {
        return named != null && !named.isEmpty() && Path.of(named).isAbsolute() ? Path.of(named) : otherwise;
    }
}

package org.spdbook.kernel.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads where a kernelspec goes: the options {@code --user}, {@code --sys-prefix} and {@code --prefix DIR}. */
final class Place {

    static final String USER = "--user";
    static final String SYS_PREFIX = "--sys-prefix";
    static final String PREFIX = "--prefix";

    /** The options without a value. */
    static final Set<String> FLAGS = Set.of(USER, SYS_PREFIX);

    private static final int PATIENCE_SECONDS = 60;

    private Place() {}

    /**
     * The data folder of Jupyter that the options name.
     *
     * @return empty when they name none
     * @throws IllegalArgumentException if they contradict each other
     * @throws InstallException if there is no Python environment to ask
     */
    static Optional<Path> of(Arguments arguments, Surroundings here) throws InstallException {
        arguments.atMostOne(USER, SYS_PREFIX, PREFIX);
        if (arguments.has(USER)) {
            return Optional.of(JupyterFolders.user(here));
        }
        if (arguments.has(SYS_PREFIX)) {
            Optional<Path> active = JupyterFolders.activePrefix(here);
            return Optional.of(JupyterFolders.below(active.isPresent() ? active.get() : ask(here)));
        }
        return arguments
                .value(PREFIX)
                .map(folder -> JupyterFolders.below(Path.of(folder).toAbsolutePath()));
    }

    private static Path ask(Surroundings here) throws InstallException {
        Path python = here.find("python3")
                .or(() -> here.find("python"))
                .orElseThrow(() -> new InstallException("--sys-prefix needs an active Python environment or python3,"
                        + " found neither; activate one, or name its folder with --prefix"));
        try {
            Programs.Ended said =
                    Programs.run(PATIENCE_SECONDS, List.of(python.toString(), "-c", "import sys; print(sys.prefix)"));
            if (said.code() == 0 && !said.output().isBlank()) {
                return Path.of(said.output().strip());
            }
            throw new InstallException(python + " does not tell its sys.prefix: "
                    + said.output().strip() + "; name the folder with --prefix");
        } catch (IOException e) {
            throw new InstallException(
                    python + " does not run: " + e.getMessage() + "; name the folder with --prefix", e);
        }
    }
}

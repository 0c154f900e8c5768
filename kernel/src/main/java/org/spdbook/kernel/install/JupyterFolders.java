package org.spdbook.kernel.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The data folders of Jupyter, in whose {@code kernels} it looks for kernelspecs (docs.jupyter.org, "Common directories"). */
public final class JupyterFolders {

    private JupyterFolders() {}

    /** The folder of the user. */
    public static Path user(Surroundings here) {
        Optional<String> asked = here.variable("JUPYTER_DATA_DIR");
        if (asked.isPresent()) {
            return Path.of(asked.get());
        }
        if (here.mac()) {
            return here.home().resolve("Library").resolve("Jupyter");
        }
        if (here.windows()) {
            return here.variable("APPDATA")
                    .map(Path::of)
                    .orElse(here.home().resolve("AppData").resolve("Roaming"))
                    .resolve("jupyter");
        }
        return here.variable("XDG_DATA_HOME")
                .map(Path::of)
                .orElse(here.home().resolve(".local").resolve("share"))
                .resolve("jupyter");
    }

    /** The folder of a Python environment, {@code sys.prefix}. */
    public static Path below(Path prefix) {
        return prefix.resolve("share").resolve("jupyter");
    }

    /** The Python environment that is active; empty when there is none. */
    public static Optional<Path> activePrefix(Surroundings here) {
        return here.variable("VIRTUAL_ENV")
                .or(() -> here.variable("CONDA_PREFIX"))
                .map(Path::of);
    }

    /** Where Jupyter looks by its rules, first found wins; each once. */
    public static List<Path> searched(Surroundings here) {
        Set<Path> all = new LinkedHashSet<>(here.folders("JUPYTER_PATH"));
        List<Path> own = new ArrayList<>();
        activePrefix(here).map(JupyterFolders::below).ifPresent(own::add);
        own.add(user(here));
        all.addAll(own);
        if (here.windows()) {
            here.variable("PROGRAMDATA").map(Path::of).ifPresent(folder -> all.add(folder.resolve("jupyter")));
        } else {
            all.add(Path.of("/usr/local/share/jupyter"));
            all.add(Path.of("/usr/share/jupyter"));
        }
        return List.copyOf(all);
    }
}

package org.spdbook.kernel.install;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for Jupyter and where it looks.
 *
 * @param here the machine
 * @param program {@code jupyter}, if there is one
 * @param told the folders that it names; empty when it names none
 */
record JupyterCheck(Surroundings here, Optional<Path> program, List<Path> told) {

    private static final int PATIENCE_SECONDS = 60;
    private static final String EXTENSION = "ms-toolsai.jupyter";

    /**
     * Asks the Jupyter of a Python environment, or the one of {@code PATH}.
     *
     * @param place data folder of the environment
     */
    static JupyterCheck ask(Surroundings here, Optional<Path> place) {
        Optional<Path> program = place.flatMap(data -> beside(data, here)).or(() -> here.find("jupyter"));
        return new JupyterCheck(here, program, program.map(JupyterCheck::paths).orElse(List.of()));
    }

    private static Optional<Path> beside(Path data, Surroundings here) {
        Path prefix = data.resolve("..").resolve("..").normalize();
        return Optional.of(prefix.resolve(here.windows() ? "Scripts" : "bin").resolve(here.program("jupyter")))
                .filter(Files::isRegularFile);
    }

    private static List<Path> paths(Path program) {
        try {
            Programs.Ended said = Programs.run(PATIENCE_SECONDS, List.of(program.toString(), "--paths", "--json"));
            String output = said.output();
            if (said.code() == 0
                    && JsonParser.parseString(output.substring(Math.max(0, output.indexOf('{'))))
                            instanceof JsonObject all
                    && all.get("data") instanceof JsonArray data) {
                List<Path> folders = new ArrayList<>();
                data.forEach(folder -> folders.add(Path.of(folder.getAsString())));
                return folders;
            }
            return List.of();
        } catch (IOException | JsonParseException e) {
            return List.of(); // told as a finding
        }
    }

    /** Where Jupyter looks: as it says itself, or by its rules. */
    List<Path> searched() {
        return told.isEmpty() ? JupyterFolders.searched(here) : told;
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>();
        if (program.isEmpty()) {
            all.add(Finding.warn(
                    "Jupyter",
                    "none on PATH",
                    "install it (pip install jupyterlab), or name its environment with --prefix"));
        } else if (told.isEmpty()) {
            all.add(Finding.fail(
                    "Jupyter", program.get() + " does not answer to --paths --json", "mend that Python environment"));
        } else {
            all.add(Finding.ok("Jupyter", program.get().toString()));
        }
        Path code = here.home().resolve(".vscode").resolve("extensions");
        if (Files.isDirectory(code) && !hasExtension(code)) {
            all.add(Finding.warn(
                    "VS Code",
                    "its Jupyter extension is missing, without which it shows no kernel",
                    "install the extensions Jupyter and Python"));
        }
        return all;
    }

    private static boolean hasExtension(Path folder) {
        try (var extensions = Files.list(folder)) {
            return extensions.anyMatch(one -> one.getFileName().toString().startsWith(EXTENSION));
        } catch (IOException e) {
            return false;
        }
    }

    /** What there is to say when a kernelspec lies where Jupyter does not look. */
    List<Finding> unseen(Path folder) {
        boolean seen = searched().stream()
                .map(data -> data.resolve("kernels").toAbsolutePath().normalize())
                .anyMatch(folder.toAbsolutePath().resolve("..").normalize()::equals);
        return seen
                ? List.of()
                : List.of(Finding.warn(
                        String.valueOf(folder.getFileName()),
                        "lies where " + program.map(Path::toString).orElse("Jupyter") + " does not look: " + folder,
                        "install it with --user or --sys-prefix, or set JUPYTER_PATH to "
                                + folder.resolve("..").resolve("..").normalize()));
    }
}

package org.spdbook.kernel.install;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an installation sees of its machine.
 *
 * @param variables of the environment
 * @param system as the property {@code os.name} gives it
 * @param home folder of the user
 */
public record Surroundings(Map<String, String> variables, String system, Path home) {

    public Surroundings {
        variables = Map.copyOf(variables);
    }

    /** Those of this process. */
    public static Surroundings here() {
        return new Surroundings(
                System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /** Whether this is Windows. */
    public boolean windows() {
        return system.startsWith("Windows");
    }

    /** Whether this is macOS. */
    public boolean mac() {
        return system.startsWith("Mac");
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(Predicate.not(String::isBlank));
    }

    /** The folders that a variable lists, such as {@code JUPYTER_PATH}. */
    public List<Path> folders(String name) {
        return variable(name).stream()
                .flatMap(value -> Stream.of(value.split(File.pathSeparator)))
                .flatMap(Surroundings::path)
                .toList();
    }

    private static Stream<Path> path(String text) {
        try {
            return text.isBlank() ? Stream.empty() : Stream.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Stream.empty(); // like a shell: what cannot be a folder has no programs
        }
    }

    /** The file name of a program. */
    public String program(String name) {
        return windows() ? name + ".exe" : name;
    }

    /** The first program of a name in the folders of {@code PATH}, absolute. */
    public Optional<Path> find(String name) {
        return folders("PATH").stream()
                .map(folder -> folder.resolve(program(name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toAbsolutePath)
                .findFirst();
    }
}

package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.spdbook.kernel.magic.Magic.Completion;

/** Completes coordinates by what is in the local repository, where Maven has it unless settings.xml says otherwise. */
final class LocalCoordinates {

    private LocalCoordinates() {}

    static List<Completion> complete(String typed) {
        Path root =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        String[] parts = typed.split(":", -1);
        Path group = root.resolve(parts[0].replace('.', '/'));
        return switch (parts.length) {
            case 1 -> {
                int dot = typed.lastIndexOf('.') + 1;
                String before = typed.substring(0, dot);
                Path folder = root.resolve(before.replace('.', '/'));
                yield names(folder, typed.substring(dot))
                        .map(name -> done(before + name))
                        .toList();
            }
            case 2 ->
                names(group, parts[1])
                        .filter(name ->
                                names(group.resolve(name), "").anyMatch(version -> isVersion(group, name, version)))
                        .map(name -> done(parts[0] + ":" + name))
                        .toList();
            case 3 ->
                names(group.resolve(parts[1]), parts[2])
                        .filter(version -> isVersion(group, parts[1], version))
                        .map(version -> done(parts[0] + ":" + parts[1] + ":" + version))
                        .toList();
            default -> List.of();
        };
    }

    private static boolean isVersion(Path group, String artifact, String version) {
        return Files.exists(group.resolve(artifact).resolve(version).resolve(artifact + "-" + version + ".pom"));
    }

    private static Stream<String> names(Path folder, String begin) {
        try (Stream<Path> found = Files.list(folder)) {
            return found
                    .filter(Files::isDirectory)
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith(begin) && !name.startsWith("."))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty(); // nothing like it was ever downloaded
        }
    }

    private static Completion done(String text) {
        return new Completion(text, "value");
    }
}

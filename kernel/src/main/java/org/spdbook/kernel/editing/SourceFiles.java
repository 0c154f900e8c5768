package org.spdbook.kernel.editing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The source of classes: of the JDK from its {@code src.zip}, of a jar from the {@code -sources.jar} beside it, which is where Maven's
 * local repository keeps it; and the pages of a {@code -javadoc.jar} there. Archives stay open once they were used.
 */
final class SourceFiles {

    private final List<Path> jdk;
    private final Map<Path, Optional<ZipFile>> open = new ConcurrentHashMap<>();

    /** With the sources of the JDK that runs, where it has them. */
    SourceFiles() {
        this(Path.of(System.getProperty("java.home")));
    }

    /** With the sources of the JDK in a folder. */
    SourceFiles(Path home) {
        jdk = Stream.of(home.resolve("lib/src.zip"), home.resolve("src.zip"), home.resolveSibling("src.zip"))
                .filter(Files::isReadable)
                .toList();
    }

    /** The text of the file that declares a class, or nothing. */
    Optional<String> of(Class<?> type) {
        String file = outermost(type).getName().replace('.', '/') + ".java";
        String module = type.getModule().getName();
        return module != null
                ? jdk.stream()
                        .flatMap(
                                zip -> Stream.of(module + "/" + file, file).flatMap(entry -> read(zip, entry).stream()))
                        .findFirst()
                : beside(type, "-sources.jar").flatMap(zip -> read(zip, file));
    }

    /** The page of a class in the {@code -javadoc.jar} beside its jar, or nothing. */
    Optional<String> page(Class<?> type) {
        String name = type.getName().replace('.', '/').replace('$', '.');
        return type.getModule().isNamed()
                ? Optional.empty()
                : beside(type, "-javadoc.jar").flatMap(zip -> read(zip, name + ".html"));
    }

    static Class<?> outermost(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type : outermost(outer);
    }

    private static Optional<Path> beside(Class<?> type, String ending) {
        CodeSource from = type.getProtectionDomain().getCodeSource();
        if (from == null || from.getLocation() == null) {
            return Optional.empty();
        }
        try {
            Path jar = Path.of(from.getLocation().toURI());
            String name = String.valueOf(jar.getFileName());
            return Optional.of(jar.resolveSibling(name.replaceFirst("\\.jar$", ending)))
                    .filter(zip -> name.endsWith(".jar") && Files.isReadable(zip));
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return Optional.empty(); // no file of this machine
        }
    }

    private Optional<String> read(Path archive, String name) {
        Optional<ZipFile> zip = open.computeIfAbsent(archive, SourceFiles::open);
        ZipEntry entry = zip.map(one -> one.getEntry(name)).orElse(null);
        if (entry == null) {
            return Optional.empty();
        }
        try (var text = zip.get().getInputStream(entry)) {
            return Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty(); // a broken archive documents nothing
        }
    }

    private static Optional<ZipFile> open(Path archive) {
        try {
            return Optional.of(new ZipFile(archive.toFile()));
        } catch (IOException e) {
            return Optional.empty(); // as above
        }
    }
}

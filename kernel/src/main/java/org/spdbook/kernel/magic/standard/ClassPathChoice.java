package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.spdbook.kernel.maven.Resolution.Jar;
import org.spdbook.kernel.shell.ClassPath;

/**
 * Which jars of a resolution a class path gets, beside what it has.
 *
 * @param news to be added, in order
 * @param text says what is added, what was there and what is left out
 */
record ClassPathChoice(List<Jar> news, String text) {

    /** Decides for each jar. */
    static ClassPathChoice of(List<Jar> jars, ClassPath classPath) throws IOException {
        List<LibraryJar> added = known(classPath.added());
        List<LibraryJar> libraries = known(classPath.libraries());
        List<Jar> news = new ArrayList<>();
        List<String> there = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (Jar jar : jars) {
            Optional<LibraryJar> before = find(added, jar);
            Optional<LibraryJar> library = find(libraries, jar);
            if (classPath.entries().contains(jar.file()) || isSame(before, jar)) {
                there.add(jar.toString());
            } else if (before.isPresent()) {
                remarks.add(jar + " is left out: a cell added " + before.get().version()
                        + " before, which stays until the kernel is restarted");
            } else if (isSame(library, jar)) {
                there.add(jar.toString());
            } else if (library.isPresent() && hasShared(jar.file(), classPath)) {
                remarks.add(jar + " is left out: the kernel shares its "
                        + library.get().version() + " with the cells, which use that");
            } else {
                library.ifPresent(old -> remarks.add(
                        jar + " is what cells use from now on, in place of the kernelspec's " + old.version()));
                news.add(jar);
            }
        }
        return new ClassPathChoice(news, text(news, there, remarks));
    }

    private static List<LibraryJar> known(List<Path> entries) {
        return entries.stream().map(LibraryJar::of).flatMap(Optional::stream).toList();
    }

    private static Optional<LibraryJar> find(List<LibraryJar> known, Jar jar) throws IOException {
        if (!String.valueOf(jar.file().getFileName()).equals(jar.artifact() + "-" + jar.version() + ".jar")) {
            return Optional.empty(); // it has a classifier
        }
        for (LibraryJar one : known) {
            if (one.isOf(jar)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Optional<LibraryJar> one, Jar jar) {
        return one.filter(library -> library.version().equals(jar.version())).isPresent();
    }

    private static boolean hasShared(Path file, ClassPath classPath) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .anyMatch(name -> classPath.isShared(name.replace('/', '.')));
        }
    }

    private static String text(List<Jar> news, List<String> there, List<String> remarks) throws IOException {
        StringBuilder text = new StringBuilder();
        long sum = 0;
        for (Jar jar : news) {
            long size = Files.size(jar.file());
            sum += size;
            text.append("\n  ")
                    .append("  ".repeat(jar.depth()))
                    .append(jar)
                    .append("  ")
                    .append(LocalFile.size(size));
        }
        text.insert(
                0,
                news.isEmpty()
                        ? "Nothing was added"
                        : "Added " + news.size() + (news.size() == 1 ? " jar, " : " jars, ") + LocalFile.size(sum));
        if (!there.isEmpty()) {
            text.append("\nAlready there: ").append(String.join(", ", there));
        }
        remarks.forEach(remark -> text.append('\n').append(remark));
        return text.toString();
    }
}

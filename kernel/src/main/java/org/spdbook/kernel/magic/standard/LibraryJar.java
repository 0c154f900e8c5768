package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.spdbook.kernel.maven.Resolution;

/**
 * What a jar on the class path is, as far as it can be told.
 *
 * @param file the jar
 * @param group of its coordinates; empty when only its name tells
 * @param artifact of its coordinates
 * @param version of its coordinates
 */
record LibraryJar(Path file, String group, String artifact, String version) {

    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    /** By the pom.properties that Maven puts into a jar, if it is about one library, and by the name of the file otherwise. */
    static Optional<LibraryJar> of(Path file) {
        if (!file.toString().endsWith(".jar")) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            List<? extends ZipEntry> found = jar.stream()
                    .filter(entry -> entry.getName().startsWith("META-INF/maven/")
                            && entry.getName().endsWith("/pom.properties"))
                    .toList();
            if (found.size() == 1) {
                Properties properties = new Properties();
                properties.load(jar.getInputStream(found.get(0)));
                return Optional.of(new LibraryJar(
                        file,
                        properties.getProperty("groupId", ""),
                        properties.getProperty("artifactId", ""),
                        properties.getProperty("version", "")));
            }
        } catch (IOException e) {
            return Optional.empty(); // then nobody loads classes from it either
        }
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Optional.of(new LibraryJar(file, "", name.group(1), name.group(2))) : Optional.empty();
    }

    /** The group, where the folders around a file are those of a Maven repository. */
    private static String groupByFolder(Path file, String artifact, String version, String wanted) {
        Path end = Path.of(wanted.replace('.', '/'), artifact, version, String.valueOf(file.getFileName()));
        Path layout = Path.of(artifact, version, String.valueOf(file.getFileName()));
        return file.endsWith(end) ? wanted : file.endsWith(layout) ? "another" : "";
    }

    /** Whether a jar is a version of this library: by its group, or when that is not known by a class that both have. */
    boolean isOf(Resolution.Jar jar) throws IOException {
        if (!artifact.equals(jar.artifact())) {
            return false;
        }
        String known = group.isEmpty() ? groupByFolder(file, artifact, version, jar.group()) : group;
        return known.isEmpty() ? sharesClass(jar.file()) : known.equals(jar.group());
    }

    private boolean sharesClass(Path other) throws IOException {
        try (JarFile mine = new JarFile(file.toFile());
                JarFile theirs = new JarFile(other.toFile())) {
            return theirs.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .anyMatch(name -> mine.getEntry(name) != null);
        }
    }
}

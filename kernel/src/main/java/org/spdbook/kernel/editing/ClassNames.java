package org.spdbook.kernel.editing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.spdbook.kernel.shell.CellClasses;

/**
 * The public classes of the JDK and of the class path by their simple names, imported or not. Names are read in the background when
 * they are first asked for; no class is loaded.
 */
final class ClassNames {

    private static final int PATIENCE_MILLIS = 1000;
    private static final String CLASS = ".class";

    private final CellClasses classes;
    private final Map<Path, CompletableFuture<NavigableMap<String, List<String>>>> byEntry = new ConcurrentHashMap<>();
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    ClassNames(CellClasses classes) {
        this.classes = classes;
    }

    /**
     * Full names of the classes whose simple name begins so, those of
     * the core of Java first, then by simple name; of entries that take long to read none are given at first.
     *
     * @param most how many at most
     */
    List<String> startingWith(String prefix, int most) {
        List<Path> entries = new ArrayList<>(List.of(JDK));
        entries.addAll(classes.entries());
        List<CompletableFuture<NavigableMap<String, List<String>>>> reading = entries.stream()
                .map(entry -> byEntry.computeIfAbsent(
                        entry, key -> CompletableFuture.supplyAsync(() -> bySimpleName(names(key)))))
                .toList();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        NavigableMap<String, List<String>> found = new TreeMap<>();
        for (var one : reading) {
            await(one, end)
                    .subMap(prefix, true, prefix + Character.MAX_VALUE, true)
                    .forEach((simple, full) -> found.computeIfAbsent(simple, key -> new ArrayList<>())
                            .addAll(full));
        }
        return found.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(Comparator.comparingInt(ClassNames::rank)) // keeps the order of names among equals
                .filter(this::isPublic)
                .limit(most)
                .toList();
    }

    private static int rank(String name) {
        boolean core = name.startsWith("java.") && !name.startsWith("java.awt.") && !name.startsWith("java.sql.");
        return core ? 0 : name.startsWith("java.") || name.startsWith("javax.") ? 1 : 2;
    }

    private static NavigableMap<String, List<String>> await(
            CompletableFuture<NavigableMap<String, List<String>>> names, long end) {
        try {
            return names.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return new TreeMap<>(); // still being read, or no jar at all
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TreeMap<>();
        }
    }

    private static NavigableMap<String, List<String>> bySimpleName(List<String> names) {
        NavigableMap<String, List<String>> sorted = new TreeMap<>();
        for (String name : names) {
            sorted.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), key -> new ArrayList<>())
                    .add(name);
        }
        return sorted;
    }

    private static List<String> names(Path entry) {
        try {
            return entry.equals(JDK) ? ofTheJdk() : Files.isDirectory(entry) ? ofFolder(entry) : ofJar(entry);
        } catch (IOException e) {
            throw new UncheckedIOException("the classes of " + entry + " cannot be listed", e);
        }
    }

    private static List<String> ofTheJdk() throws IOException {
        List<String> names = new ArrayList<>();
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            List<String> packages = module.descriptor().exports().stream()
                    .filter(exported -> !exported.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .toList();
            try (ModuleReader reader = module.open();
                    Stream<String> files = reader.list()) {
                files.flatMap(ClassNames::named)
                        .filter(name -> packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static List<String> ofFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .flatMap(ClassNames::named)
                    .toList();
        }
    }

    private static List<String> ofJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> !name.startsWith("META-INF/"))
                    .flatMap(ClassNames::named)
                    .toList();
        }
    }

    /** The class of a class file that can be imported: a top-level one in a package. */
    private static Stream<String> named(String file) {
        boolean one = file.endsWith(CLASS) && file.indexOf('$') < 0 && file.indexOf('-') < 0 && file.indexOf('/') > 0;
        return one ? Stream.of(file.substring(0, file.length() - CLASS.length()).replace('/', '.')) : Stream.empty();
    }

    private boolean isPublic(String name) {
        try (InputStream file = classes.loader().getResourceAsStream(name.replace('.', '/') + CLASS)) {
            return file != null && Modifier.isPublic(access(new DataInputStream(file)));
        } catch (IOException e) {
            return false;
        }
    }

    /** The access flags of a class file, which follow its constants (Java Virtual Machine Specification 4.1 and 4.4). */
    private static int access(DataInputStream file) throws IOException {
        file.skipNBytes(8);
        int constants = file.readUnsignedShort();
        for (int i = 1; i < constants; i++) {
            int tag = file.readUnsignedByte();
            switch (tag) {
                case 1 -> file.skipNBytes(file.readUnsignedShort());
                case 5, 6 -> {
                    file.skipNBytes(8);
                    i++; // a long or a double takes two places
                }
                case 7, 8, 16, 19, 20 -> file.skipNBytes(2);
                case 15 -> file.skipNBytes(3);
                default -> file.skipNBytes(4);
            }
        }
        return file.readUnsignedShort();
    }
}

package org.spdbook.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/**
 * The classes of the cells, in two class loaders above the kernel's own: the libraries that the kernelspec gives, and above them the
 * snippets with what cells add to the class path. A class of an added jar wins over the libraries' class of the same name, so that a
 * notebook's own Gson is the one it asked for; only the shared packages, whose objects magics and cells hand to each other, are
 * always the libraries'. Nothing is loaded before its first use. Safe for any thread.
 */
public final class CellClasses implements LoaderDelegate, AutoCloseable {

    private final Set<String> shared;
    private final URLClassLoader libraries;
    private final Loader loader;
    private final Map<String, Class<?>> installed = new ConcurrentHashMap<>();
    private final Set<Path> given;
    private final ClassPath start;
    private final Set<Path> added = Collections.synchronizedSet(new LinkedHashSet<>());

    /**
     * Loaders on top of the one of the kernel.
     *
     * @param libraries entries of a class path, {@code DIR/*} for all jars of a folder; empty for none
     * @param shared packages, with those below them, that cells never replace
     */
    public CellClasses(String libraries, List<String> shared) {
        this.shared = Set.copyOf(shared);
        this.given = new LinkedHashSet<>(expand(libraries));
        this.start = new ClassPath(List.of(), List.copyOf(given), this.shared);
        this.libraries = new URLClassLoader(
                "libraries",
                given.stream().map(CellClasses::url).toArray(URL[]::new),
                getClass().getClassLoader());
        this.loader = new Loader(this.libraries);
    }

    /** The entries of a class path as absolute files and folders, wildcards expanded in the order of names. */
    public static List<Path> expand(String classPath) {
        List<Path> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (entry.endsWith("*")) {
                Path folder = Path.of(entry.substring(0, entry.length() - 1)).toAbsolutePath();
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(entries::add);
                } catch (IOException e) {
                    // like the JVM's own class path: what is not there is left out
                }
            } else if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().normalize());
            }
        }
        return entries;
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("the class path entry " + entry + " is no file of this machine", e);
        }
    }

    /** Sees the snippets, what cells added, the libraries and the kernel; the context class loader of cells. */
    public ClassLoader loader() {
        return loader;
    }

    /** What cells added, in order. */
    public List<Path> added() {
        synchronized (added) {
            return List.copyOf(added);
        }
    }

    /** The class path as it is now. */
    public ClassPath classPath() {
        return new ClassPath(added(), List.copyOf(given), shared);
    }

    /** The whole class path in the order in which a class is looked for: what cells added, then the libraries. */
    public List<Path> entries() {
        return classPath().entries();
    }

    @Override
    public void addToClasspath(String classPath) {
        for (Path entry : expand(classPath)) {
            if (!given.contains(entry) && added.add(entry)) {
                loader.addURL(url(entry));
            }
        }
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        boolean[] loaded = new boolean[classes.length];
        try {
            for (ClassBytecodes one : classes) {
                loader.snippets.put(one.name(), Weaver.weave(one.bytecodes()));
            }
            for (int i = 0; i < classes.length; i++) {
                Class<?> made = loader.loadClass(classes[i].name());
                installed.put(classes[i].name(), made);
                link(made);
                loaded[i] = true;
            }
        } catch (Throwable e) {
            throw new ClassInstallException("load: " + e.getMessage(), loaded);
        }
    }

    /** Links a class now, so that what it misses is told when it is loaded and not in the midst of a run. */
    @SuppressWarnings("ReturnValueIgnored") // the JVM links a class to list its methods
    private static void link(Class<?> made) {
        made.getDeclaredMethods();
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        for (ClassBytecodes one : classes) {
            loader.snippets.put(one.name(), Weaver.weave(one.bytecodes()));
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> found = installed.get(name);
        if (found == null) {
            throw new ClassNotFoundException(name + " not found");
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        loader.close();
        libraries.close();
    }

    private final class Loader extends URLClassLoader {

        static {
            registerAsParallelCapable();
        }

        /** Those that are not defined yet; the code of the others is the JVM's alone. */
        private final Map<String, byte[]> snippets = new ConcurrentHashMap<>();

        Loader(ClassLoader parent) {
            super("cells", new URL[0], parent);
        }

        @Override
        public void addURL(URL url) {
            super.addURL(url);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (start.isShared(name)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> found = findLoadedClass(name);
                if (found == null && !added.isEmpty() || snippets.containsKey(name)) {
                    try {
                        found = found == null ? findClass(name) : found;
                    } catch (ClassNotFoundException e) {
                        // then it is the parent's
                    }
                }
                return found == null ? super.loadClass(name, resolve) : found;
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] code = snippets.remove(name);
            return code == null ? super.findClass(name) : defineClass(name, code, 0, code.length);
        }

        /** Of an added jar first, like its classes. */
        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            Map<String, URL> all = new LinkedHashMap<>(); // by text: URL.equals asks the network
            Collections.list(findResources(name)).forEach(url -> all.put(url.toString(), url));
            Collections.list(super.getResources(name)).forEach(url -> all.putIfAbsent(url.toString(), url));
            return Collections.enumeration(all.values());
        }
    }
}

package org.spdbook.kernel.install;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spdbook.kernel.Main;

/**
 * The kernelspec: how Jupyter starts this kernel.
 *
 * @param java the program to start, absolute
 * @param jar of the kernel
 * @param libraries what cells and magics see besides the kernel, as the option {@code -cp} takes it; empty for none
 * @param shared packages of the libraries that a jar added in a cell never replaces
 * @param options of the JVM, before the class path
 * @param environment variables for the kernel, beside those of Jupyter
 */
public record KernelSpec(
        Path java,
        Path jar,
        String libraries,
        List<String> shared,
        List<String> options,
        Map<String, String> environment) {

    /** Name of the kernelspec: the folder, and what notebooks store. */
    public static final String NAME = "spd-java";

    /** Name that people see. */
    public static final String DISPLAY_NAME = "Java (SPD)";

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public KernelSpec {
        shared = List.copyOf(shared);
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /** The java program that runs now. */
    public static Path runningJava() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java");
    }

    /** The jar this class was loaded from; when it was loaded from a folder, that folder. */
    public static Path runningJar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the kernel's own jar is at no path of this machine", e);
        }
    }

    /** Content of {@code kernel.json}. */
    public String json() {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), Main.class.getName()));
        if (!libraries.isEmpty()) {
            command.addAll(List.of("--libraries", libraries));
        }
        if (!shared.isEmpty()) {
            command.addAll(List.of("--shared", String.join(",", shared)));
        }
        command.add("{connection_file}");
        return JSON.toJson(new TreeMap<>(Map.of(
                "argv",
                command,
                "display_name",
                DISPLAY_NAME,
                "language",
                "java",
                "interrupt_mode",
                "message",
                "env",
                new TreeMap<>(environment),
                "metadata",
                Map.of("debugger", false))));
    }

    /**
     * Writes the kernelspec, replacing an older one.
     *
     * @param prefix of a Python environment, {@code sys.prefix}; Jupyter looks in its {@code share/jupyter/kernels}
     * @return the folder of the kernelspec
     * @throws IOException if it cannot be written
     */
    public Path install(Path prefix) throws IOException {
        Path folder = Files.createDirectories(folder(prefix));
        Path written = Files.writeString(folder.resolve("kernel.json.new"), json() + "\n");
        Files.move(written, folder.resolve("kernel.json"), StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    /**
     * Takes the kernelspec away.
     *
     * @return whether there was one
     */
    public static boolean uninstall(Path prefix) throws IOException {
        boolean was = Files.deleteIfExists(folder(prefix).resolve("kernel.json"));
        Files.deleteIfExists(folder(prefix));
        return was;
    }

    private static Path folder(Path prefix) {
        return prefix.resolve("share/jupyter/kernels").resolve(NAME);
    }
}

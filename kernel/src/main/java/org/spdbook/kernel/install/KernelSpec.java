package org.spdbook.kernel.install;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.spdbook.kernel.Main;

/**
 * The kernelspec: how Jupyter starts this kernel.
 *
 * @param displayName what people see
 * @param java the program to start
 * @param options of the JVM
 * @param jar of the kernel, as the JVM takes it
 * @param contents whose libraries and environment it gives to the kernel
 * @param facts about the installation, for the doctor
 */
public record KernelSpec(
        String displayName,
        String java,
        List<String> options,
        String jar,
        Contents contents,
        Map<String, String> facts) {

    /** Name of the kernelspec unless another is asked for: the folder, and what notebooks store. */
    public static final String NAME = "spd-java";

    /** Name that people see unless another is asked for. */
    public static final String DISPLAY_NAME = "Java (SPD)";

    /** File that Jupyter reads. */
    static final String FILE = "kernel.json";

    /** Key of the facts in the metadata. */
    static final String FACTS = "spd";

    /** What every JVM of the kernel is started with: no screen, UTF-8, and PyTorch without a warning. */
    private static final List<String> COMMON =
            List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "--enable-native-access=ALL-UNNAMED");

    /** The collector that keeps a small heap small: a machine often runs many kernels, and each waits most of the time. */
    private static final List<String> SMALL_HEAP = List.of("-XX:+UseSerialGC", "-Xms32m");

    /**
     * The second compiler later than usual: while the kernel starts and the Java compiler warms up it takes the processor from them. A
     * loop or a method that runs long reaches these numbers in some milliseconds.
     */
    private static final List<String> LATE_C2 = List.of(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=10000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=200000");

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC");

    /** Option of a JVM that runs preview features; the kernel is then told to compile them. */
    static final String PREVIEW = "--enable-preview";

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public KernelSpec {
        options = List.copyOf(options);
        facts = Map.copyOf(facts);
    }

    /**
     * The options of the JVM.
     *
     * @param asked by the user; a collector or heap among them replaces ours
     */
    static List<String> options(List<String> asked) {
        List<String> all = new ArrayList<>(COMMON);
        boolean own =
                asked.stream().anyMatch(option -> COLLECTOR.matcher(option).matches() || option.startsWith("-Xmx"));
        if (!own) {
            all.addAll(SMALL_HEAP);
        }
        all.addAll(LATE_C2);
        asked.stream().filter(option -> !all.contains(option)).forEach(all::add);
        return all;
    }

    /** The command that Jupyter runs, with its {@code {connection_file}}. */
    public List<String> argv() {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(options);
        command.addAll(List.of("-cp", jar, Main.class.getName()));
        if (!contents.libraries().isEmpty()) {
            command.addAll(List.of("--libraries", contents.libraries()));
        }
        if (!contents.shared().isEmpty()) {
            command.addAll(List.of("--shared", String.join(",", contents.shared())));
        }
        if (options.contains(PREVIEW)) {
            command.add("--preview");
        }
        command.add("{connection_file}");
        return command;
    }

    /** Content of {@code kernel.json}. */
    public String json() {
        return JSON.toJson(new TreeMap<>(Map.of(
                        "argv",
                        argv(),
                        "display_name",
                        displayName,
                        "language",
                        "java",
                        "interrupt_mode",
                        "message",
                        "env",
                        new TreeMap<>(contents.environment()),
                        "metadata",
                        new TreeMap<>(Map.of("debugger", false, FACTS, new TreeMap<>(facts))))))
                + "\n";
    }
}

package org.spdbook.magics.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Versions;
import org.spdbook.experiment.World;
import org.spdbook.kernel.install.Finding;
import org.spdbook.kernel.install.Jdk;
import org.spdbook.kernel.install.JupyterFolders;
import org.spdbook.kernel.install.KernelSpec;
import org.spdbook.kernel.install.Surroundings;
import org.spdbook.magics.front.Front;
import org.spdbook.torch.Torch;
import picocli.CommandLine;

/** {@code doctor}: versions, natives, threads, device, folders and the installed kernel, and what is wrong with them. */
@CommandLine.Command(name = "doctor", description = "Check Java, natives, threads, device, folders and the kernel.")
public final class Doctor implements Word {

    /** System property: the Python environment of the project's Jupyter, as the launcher sets it. */
    static final String JUPYTER = "spd.jupyter";

    @Override
    public Answer answer(Front front) {
        List<List<String>> rows = new ArrayList<>();
        boolean[] ok = {true};
        int java = Runtime.version().feature();
        check(rows, ok, java >= Jdk.OLDEST, "Java", Runtime.version() + " in " + System.getProperty("java.home"));
        try {
            Versions.facts().forEach((name, value) -> {
                if (!name.equals("java")) {
                    rows.add(List.of("", name, value));
                }
            });
            rows.add(List.of("", "natives", Torch.natives()));
            rows.add(List.of("ok", "GPUs seen", Integer.toString(Torch.gpuCount())));
        } catch (RuntimeException | LinkageError e) {
            check(rows, ok, false, "natives", String.valueOf(e.getMessage()));
        }
        rows.add(List.of("", "DJL_CACHE_DIR", variable("DJL_CACHE_DIR")));
        rows.add(List.of("", "PYTORCH_LIBRARY_PATH", variable("PYTORCH_LIBRARY_PATH")));
        rows.add(List.of("", "OMP_NUM_THREADS", variable("OMP_NUM_THREADS")));
        Path root = front.runs().root().toAbsolutePath().normalize();
        Path existing = root;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        check(rows, ok, existing != null && Files.isWritable(existing), "runs are stored in", root.toString());
        check(
                rows,
                ok,
                !World.all().isEmpty(),
                "worlds",
                String.join(", ", World.all().keySet()));
        Grid kernel = Grid.of(List.of("", "kernel", "found", "what to do"), kernel(ok));
        return new Answer(new Grids(List.of(Grid.of(List.of("", "what", "found"), rows), kernel)), ok[0]);
    }

    /** What the kernel's own doctor says of the project's Jupyter. */
    private static List<List<String>> kernel(boolean[] ok) {
        @Nullable String prefix = System.getProperty(JUPYTER);
        if (prefix == null || !Files.isDirectory(Path.of(prefix))) {
            return List.of(List.of("", "kernel", "not installed yet", "spd setup installs it"));
        }
        List<Finding> findings = new org.spdbook.kernel.install.Doctor(
                        Surroundings.here(),
                        Optional.of(JupyterFolders.below(Path.of(prefix))),
                        Optional.of(KernelSpec.NAME),
                        true)
                .findings();
        ok[0] &= findings.stream().noneMatch(finding -> finding.level() == Finding.Level.FAIL);
        return findings.stream()
                .map(finding -> List.of(
                        switch (finding.level()) {
                            case OK -> "ok";
                            case WARN -> "note";
                            case FAIL -> "WRONG";
                        },
                        finding.what(),
                        finding.found(),
                        finding.remedy()))
                .toList();
    }

    private static void check(List<List<String>> rows, boolean[] ok, boolean good, String what, String found) {
        ok[0] &= good;
        rows.add(List.of(good ? "ok" : "WRONG", what, found));
    }

    private static String variable(String name) {
        @Nullable String value = System.getenv(name);
        return value == null ? "not set" : value;
    }
}

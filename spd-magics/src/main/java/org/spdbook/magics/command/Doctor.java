package org.spdbook.magics.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Versions;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import org.spdbook.torch.Torch;
import picocli.CommandLine;

/** {@code doctor}: versions, natives, threads, device and folders, and what is wrong with them. */
@CommandLine.Command(name = "doctor", description = "Check Java, natives, threads, device and folders.")
public final class Doctor implements Word {

    private static final int OLDEST_JAVA = 17;

    @Override
    public Answer answer(Front front) {
        List<List<String>> rows = new ArrayList<>();
        boolean[] ok = {true};
        int java = Runtime.version().feature();
        check(rows, ok, java >= OLDEST_JAVA, "Java", Runtime.version() + " in " + System.getProperty("java.home"));
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
        return new Answer(Grid.of(List.of("", "what", "found"), rows), ok[0]);
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

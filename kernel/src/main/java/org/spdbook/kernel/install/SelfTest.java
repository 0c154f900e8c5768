package org.spdbook.kernel.install;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Starts an installed kernel as Jupyter does and runs one cell. */
final class SelfTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final String EXPRESSION = "1 + 1";
    private static final double SECOND = 1e9;

    private SelfTest() {}

    /** Whether the cell {@code 1 + 1} gives 2. */
    static Finding of(Path folder) {
        String what = "start of " + folder.getFileName();
        long began = System.nanoTime();
        try {
            InstalledSpec spec = InstalledSpec.read(folder);
            try (KernelProcess kernel = new KernelProcess(spec.argv(), spec.environment())) {
                kernel.ask("kernel_info_request", Map.of(), PATIENCE_SECONDS);
                JsonObject reply = kernel.ask(
                        "execute_request",
                        Map.of("code", "", "user_expressions", Map.of("sum", EXPRESSION)),
                        PATIENCE_SECONDS);
                double seconds = (System.nanoTime() - began) / SECOND;
                String sum = sum(reply);
                kernel.shutdown(PATIENCE_SECONDS);
                return sum.equals("2")
                        ? Finding.ok(
                                what,
                                String.format(java.util.Locale.ROOT, "%s gives 2 after %.1f s", EXPRESSION, seconds))
                        : Finding.fail(what, EXPRESSION + " gives " + reply, "run: kernel install");
            }
        } catch (InstallException | IOException e) {
            return Finding.fail(
                    what, String.valueOf(e.getMessage()), "mend what is named here, then run: kernel install");
        }
    }

    private static String sum(JsonObject reply) {
        return reply.get("user_expressions") instanceof JsonObject all
                        && all.get("sum") instanceof JsonObject sum
                        && sum.get("data") instanceof JsonObject data
                        && data.get("text/plain") != null
                ? data.get("text/plain").getAsString()
                : "";
    }
}

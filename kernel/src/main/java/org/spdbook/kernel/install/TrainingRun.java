package org.spdbook.kernel.install;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A short session of the real kernel that uses what notebooks use, so that an {@link Archive} of it holds those classes. Its cells
 * stay out of the user's history.
 */
final class TrainingRun {

    private static final int PATIENCE_SECONDS = 120;

    private static final List<String> CELLS = List.of(
            "1 + 1",
            "int a = 3; String word = \"text\"; double[] numbers = {1, 2.5};",
            "for (int i = 0; i < 3; i++) { System.out.println(\"line \" + i); }",
            "IntStream.range(0, 5).mapToObj(i -> word + i).collect(Collectors.joining(\",\"))",
            "int wrong = \"text\";",
            "int zero = 0;\nint broken = 1 / zero;",
            "record Point(int x, int y) {}\nvar points = List.of(new Point(1, 2), new Point(3, 4));\npoints",
            "int square(int n) { return n * n; }\nsquare(3)",
            "Map.of(\"a\", 1)",
            "String.format(\"%.3f\", 2.0 / 3)",
            "%lsmagic");

    private TrainingRun() {}

    /**
     * Runs it to the regular end of the kernel.
     *
     * @param argv as in a kernelspec
     * @param environment beside the one of this process
     * @throws IOException if the kernel does not do its part
     */
    static void run(List<String> argv, Map<String, String> environment) throws IOException {
        try (KernelProcess kernel = new KernelProcess(argv, environment)) {
            kernel.ask("kernel_info_request", Map.of(), PATIENCE_SECONDS);
            for (String cell : CELLS) {
                kernel.ask(
                        "execute_request",
                        Map.of("code", cell, "store_history", false, "stop_on_error", false),
                        PATIENCE_SECONDS);
            }
            kernel.ask("complete_request", Map.of("code", "System.out.pri", "cursor_pos", 14), PATIENCE_SECONDS);
            kernel.ask("inspect_request", Map.of("code", "word.length", "cursor_pos", 11), PATIENCE_SECONDS);
            kernel.ask("is_complete_request", Map.of("code", "int f() {"), PATIENCE_SECONDS);
            kernel.ask("history_request", Map.of("hist_access_type", "tail", "n", 3), PATIENCE_SECONDS);
            kernel.shutdown(PATIENCE_SECONDS);
        }
    }
}

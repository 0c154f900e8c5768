package org.spdbook.magics.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.Series;
import org.spdbook.kernel.display.Renderer;

/** Runs its main in a fresh JVM that lists every class it loads. */
class LazyLoadingTest {

    /** Asks all renderers for values that need neither tablesaw nor jsplot. */
    public static void main(String[] arguments) {
        Chart chart = Chart.of("A", Axis.linear("x", ""), Axis.linear("y", ""), "B.")
                .with(Series.line("adamw", new double[] {0, 1}, new double[] {1, 2}));
        ChartRenderer.still(chart);
        List<Object> values = List.of("text", 3, Grid.of(List.of("a"), List.of()));
        long answers = 0;
        for (Renderer renderer : ServiceLoader.load(Renderer.class)) {
            answers += values.stream()
                    .filter(value -> renderer.render(value).isPresent())
                    .count();
        }
        System.out.println("all asked, " + answers + " answers");
    }

    @Test
    void should_load_nothing_of_tablesaw_when_no_such_value_is_shown() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LazyLoadingTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(loaded).contains("all asked", "org.spdbook.magics.show.FigureRenderer ");
        assertThat(loaded.lines().filter(line -> line.contains("tech.tablesaw") || line.contains("pebble")))
                .isEmpty();
    }
}

package org.spdbook.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * Charts of every kind the book needs, with made-up numbers. Its main writes them as files to look at: {@code java -cp
 * ... org.spdbook.chart.Samples FOLDER}.
 */
public final class Samples {

    private static final List<String> STYLES = List.of("noto", "twemoji", "openmoji", "fluent", "blob");

    private Samples() {}

    /** All samples by name. */
    public static Map<String, Chart> all() {
        Map<String, Chart> all = new LinkedHashMap<>();
        all.put("loss", loss());
        all.put("loss-linear", lossLinear());
        all.put("frontier", frontier());
        all.put("crowded", crowded());
        all.put("accuracy", accuracy());
        all.put("deviation", deviation());
        all.put("selection", selection());
        all.put("corruptions", corruptions());
        return all;
    }

    static Chart loss() {
        Axis y = Axis.log("loss", "nats");
        return Chart.of("Loss while fine-tuning on noto", Axis.linear("step", ""), y, "Both losses fall alike.")
                .with(course("adamw", 300, 2.3, 0.011, 1))
                .with(course("adam-spd", 300, 2.3, 0.010, 2))
                .with(course("l2sp", 300, 2.3, 0.008, 3));
    }

    static Chart lossLinear() {
        return Chart.of(
                        "Loss, 2,000 steps",
                        Axis.linear("step", ""),
                        Axis.linear("loss", "nats"),
                        "The loss falls to 0.1.")
                .with(course("loss", 2000, 2.3, 0.002, 4).withMethod("adam-spd"));
    }

    private static Series course(String name, int steps, double start, double rate, int seed) {
        RandomStream noise = new Seeds(seed).stream("sample", 0, 0);
        double[] x = IntStream.range(0, steps).asDoubleStream().toArray();
        double[] y = new double[steps];
        for (int i = 0; i < steps; i++) {
            y[i] = start * StrictMath.exp(-rate * i) * (1 + 0.15 * (noise.nextDouble() - 0.5)) + 0.02;
        }
        return Series.line(name, x, y);
    }

    static Chart frontier() {
        return Chart.of(
                        "In and out of distribution",
                        Axis.linear("accuracy on the style trained on", "%"),
                        Axis.linear("mean accuracy on four others", "%"),
                        "Adam-SPD keeps about 30.5 % on unseen styles at every rate; AdamW falls from 31 to 20 %.")
                .with(point("zero-shot", new double[] {30.4}, new double[] {30.1}, List.of("zero-shot")))
                .with(point(
                        "adamw",
                        new double[] {36.5, 36.9, 34.1},
                        new double[] {30.9, 27.9, 20.2},
                        List.of("3e-4", "1e-3", "3e-3")))
                .with(point(
                                "adam-spd",
                                new double[] {36.4, 36.5, 36.6, 35.6},
                                new double[] {31.5, 29.9, 30.9, 30.5},
                                List.of("3e-4, λ 1", "1e-3, λ 1", "1e-3, λ 2", "3e-3, λ 2"))
                        .withInterval(Interval.of(
                                "90 % interval over 3 seeds",
                                new double[] {31, 29.3, 30.2, 29.9}, new double[] {32.1, 30.4, 31.3, 31.2})))
                .withNote("Twin world, not the paper's numbers.");
    }

    private static Series point(String name, double[] x, double[] y, List<String> labels) {
        return Series.scatter(name, x, y).withLabels(labels);
    }

    static Chart crowded() {
        double[] x = {50, 50.1, 50.2, 50.1, 50.3, 50.2, 49.9, 50, 51};
        double[] y = {40, 40.2, 40.1, 39.9, 40, 40.3, 40.1, 39.8, 42};
        return Chart.of(
                        "Nine settings that nearly agree",
                        Axis.linear("ID", "%"),
                        Axis.linear("OOD", "%"),
                        "All settings but one agree.")
                .with(point(
                        "adam-spd",
                        x,
                        y,
                        List.of("λ 0.1", "λ 0.2", "λ 0.5", "λ 1", "λ 2", "λ 5", "λ 10", "λ 20", "best of all tried")));
    }

    static Chart accuracy() {
        return Chart.of(
                        "Accuracy per style after fine-tuning on noto",
                        Axis.categories("test set", STYLES),
                        Axis.linear("accuracy", "%"),
                        "Adam-SPD equals AdamW on noto and is better on the four unseen styles.")
                .with(bars("zero-shot", 30.1, 29.0, 28.8, 31.2, 33.3))
                .with(bars("adamw", 36.9, 27.5, 26.0, 28.5, 29.6))
                .with(bars("adam-spd", 36.6, 30.4, 29.9, 31.5, 31.8));
    }

    private static Series bars(String name, double... values) {
        double[] low = new double[values.length];
        double[] high = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            low[i] = values[i] - 1.2;
            high[i] = values[i] + 1.4;
        }
        return Series.bars(name, values).withInterval(Interval.of("90 % interval over 3 seeds", low, high));
    }

    static Chart deviation() {
        List<String> layers = List.of(
                "patch embedding", "position", "block 1", "block 2", "block 3", "block 4", "final norm", "projection");
        return Chart.of(
                        "Distance from the pre-trained weights",
                        Axis.linear("deviation", "L2 norm"),
                        Axis.categories("", layers),
                        "Adam-SPD stays closer in every layer, most of all in the early ones.")
                .with(Series.bars("adamw", 0.9, 0.4, 2.3, 2.4, 2.6, 2.5, 0.2, 1.4))
                .with(Series.bars("adam-spd", 0.4, 0.2, 1.2, 1.5, 1.9, 2.1, 0.15, 1.3));
    }

    static Chart selection() {
        int rows = 18;
        int columns = 40;
        RandomStream noise = new Seeds(9).stream("selection", 0, 0);
        double[][] values = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i][j] = Math.max(0, Math.min(1, 0.2 + j / 60.0 - i / 60.0 + 0.3 * (noise.nextDouble() - 0.5)));
            }
        }
        values[3][5] = Double.NaN;
        List<String> names = IntStream.range(0, rows)
                .mapToObj(i -> "visual.block" + i / 3 + "."
                        + List.of("attention.weight", "mlp.weight", "norm.weight")
                                .get(i % 3))
                .toList();
        List<String> steps = IntStream.range(0, columns)
                .mapToObj(i -> Integer.toString(i * 10))
                .toList();
        return Chart.of(
                        "When each tensor was held back",
                        Axis.linear("step", ""),
                        Axis.linear("tensor", ""),
                        "Selection grows with time and is strongest in the early layers.")
                .withHeatMap(HeatMap.of(names, steps, values, "share of steps selected", new Range(0, 1)));
    }

    static Chart corruptions() {
        List<String> names = List.of(
                "gaussian noise",
                "shot noise",
                "impulse noise",
                "defocus blur",
                "glass blur",
                "motion blur",
                "zoom blur",
                "snow",
                "frost",
                "fog",
                "brightness",
                "contrast",
                "elastic",
                "pixelate",
                "jpeg");
        double[] x = IntStream.range(0, names.size()).asDoubleStream().toArray();
        double[] a = {20, 22, 18, 30, 12, 28, 25, 31, 33, 29, 60, 41, 50, 55, 57};
        double[] b = {28, 29, 27, 36, 19, Double.NaN, 31, 37, 39, 36, 61, 47, 54, 58, 59};
        return Chart.of(
                        "Accuracy under corruptions, severity 3: a long title that does not fit in one line of the picture",
                        Axis.categories("corruption", names),
                        Axis.linear("accuracy", "%").withRange(10, 60.5),
                        "Adam-SPD is ahead under every corruption <but> & \"least\" under brightness.")
                .with(Series.line("adamw 1e-3", x, a).withMethod("adamw"))
                .with(Series.line("adamw 3e-3", x, b).withMethod("adamw"))
                .with(Series.line(
                        "fancy-new-method", x, new double[] {35, 31, 36, 22, 24, 40, 38, 30, 45, 41, 58, 55, 60, 42, 50
                        }))
                .withNote("Shown is one seed; motion blur of the second run is missing.");
    }

    /** Writes every sample as SVG into the folder given as first argument. */
    public static void main(String[] folders) throws IOException {
        Path folder = Files.createDirectories(Path.of(folders[0]));
        for (Map.Entry<String, Chart> one : all().entrySet()) {
            String svg = SvgWriter.standard().write(one.getValue());
            Files.writeString(folder.resolve(one.getKey() + ".svg"), svg);
        }
    }
}

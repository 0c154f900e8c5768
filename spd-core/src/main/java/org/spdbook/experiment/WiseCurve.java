package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.peft.Attached;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Scope;
import org.spdbook.train.Cancel;
import org.spdbook.weights.Safetensors;

/**
 * The scores of a run on the line from its pre-trained weights to its trained ones: {@code a + A (p - a)} for A from 0 to 1, as WiSE-FT looks at
 * it (Wortsman et al., <i>Robust fine-tuning of zero-shot models</i>, CVPR 2022). Of adapters {@code a} is what they began with, which follows from
 * the run's seed. New heads have no pre-trained values and stay as trained, and so does a head that a probe alone trained.
 *
 * @param label of the run, for people
 * @param method what decides the colour
 * @param metric what the scores are
 * @param points by A
 */
public record WiseCurve(String label, String method, String metric, List<Point> points) {

    private static final int PARTS = 10;

    /**
     * A place on the line.
     *
     * @param alpha share of the way, 0 to 1
     * @param id score in percent on the domain trained on
     * @param ood mean score in percent on the others
     */
    public record Point(double alpha, double id, double ood) {}

    public WiseCurve {
        points = List.copyOf(points);
    }

    /**
     * Tests a stored run eleven times.
     *
     * @throws IllegalArgumentException if it has not ended
     */
    public static WiseCurve of(RunFolder folder) {
        return Worker.run(new Cancel(), () -> {
            Run run = folder.load();
            folder.verifyModel();
            Plan plan = Plan.of(folder.spec());
            try (OpenWorld open = plan.open()) {
                plan.adapt(open);
                Set<String> staying = new HashSet<>(open.fresh());
                if (plan.recipe().groups().head() == Head.EXCLUDED) {
                    staying.addAll(open.head());
                }
                return new WiseCurve(
                        run.label(),
                        Setting.of(run).rule(),
                        plan.world().metric(),
                        points(
                                open,
                                folder,
                                run,
                                staying,
                                plan.recipe()
                                        .adapters()
                                        .precision(plan.recipe().groups().trained())));
            }
        });
    }

    private static List<Point> points(
            OpenWorld open, RunFolder folder, Run run, Set<String> staying, Precision ofAdapters) throws IOException {
        List<Way> ways = new ArrayList<>();
        try (Safetensors model = Safetensors.open(folder.model())) {
            for (String name : model.names()) {
                NDArray end = model.load(open.manager(), name);
                NDArray weight = open.weights().get(name);
                if (weight == null) { // all along the way a buffer of its end: there is none of its beginning
                    Ops.copy(Objects.requireNonNull(open.buffers().get(name), name), end);
                } else {
                    NDArray begin = staying.contains(name) ? end : Scope.keep(weight.duplicate());
                    ways.add(new Way(weight, begin, end, Attached.isAdapter(name) ? ofAdapters : Precision.FLOAT32));
                }
            }
        }
        List<Point> points = new ArrayList<>();
        for (int part = 0; part <= PARTS; part++) {
            double alpha = (double) part / PARTS;
            ways.forEach(way -> way.place(alpha));
            Map<String, Double> scores = Experiment.percent(Experiment.outcomes(open, List.of()));
            String id = run.spec().trainedOn();
            points.add(new Point(
                    alpha,
                    scores.getOrDefault(id, Double.NaN),
                    scores.entrySet().stream()
                            .filter(one -> !one.getKey().equals(id))
                            .mapToDouble(Map.Entry::getValue)
                            .average()
                            .orElse(Double.NaN)));
        }
        return points;
    }

    /**
     * The line that one tensor goes along.
     *
     * @param precision of its numbers
     */
    private record Way(NDArray weight, NDArray begin, NDArray end, Precision precision) {

        void place(double alpha) {
            Autograd.withoutRecording(() -> {
                Scope.run(() -> Ops.copy(weight, end.sub(begin).mul(alpha).add(begin)));
                precision.round(weight);
                return null;
            });
        }
    }

    /** OOD over ID score, a point per tenth of the way. */
    public Chart chart() {
        Point best = points.stream()
                .max(java.util.Comparator.comparingDouble(Point::ood))
                .orElseThrow();
        Point last = points.get(points.size() - 1);
        return Chart.of(
                        "On the way from the pre-trained to the trained weights",
                        Axis.linear(metric + ", trained on (ID)", "%"),
                        Axis.linear(SettingCharts.unseen(metric), "%"),
                        String.format(
                                Locale.ROOT,
                                "Of %s the best OOD in hindsight is at %.1f of the way: %.1f %%, ID %.1f %%; at the end %.1f %%, ID"
                                        + " %.1f %%.",
                                label,
                                best.alpha,
                                best.ood,
                                best.id,
                                last.ood,
                                last.id))
                .with(Series.line(
                                label,
                                points.stream().mapToDouble(Point::id).toArray(),
                                points.stream().mapToDouble(Point::ood).toArray())
                        .withMethod(method)
                        .withLabels(points.stream()
                                .map(point -> point.alpha * PARTS % 5 == 0 ? Double.toString(point.alpha) : "")
                                .toList()))
                .withNote(
                        "Labels: share of the way, 0 for the pre-trained weights. The best one is chosen by the answer.");
    }
}

package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.PictureGrid.Line;
import org.spdbook.chart.PictureGrid.Picture;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Overlaps;
import org.spdbook.eval.Segmented;
import org.spdbook.train.Cancel;

/**
 * Pictures of a test set with the classes of their pixels, and those that runs give them.
 *
 * @param set name of the test set
 * @param classes names of the classes, in the order of the labels
 * @param pictures RGB, one size
 * @param labels class of each pixel, per picture
 * @param predictions the same per run
 */
record MaskPictures(
        String set, List<String> classes, List<Pixels> pictures, List<long[]> labels, List<long[][]> predictions) {

    /** Blue to yellow, colours that are told apart without red and green; black is the background. */
    private static final int[] COLOURS = {
        0x000000, 0x0072B2, 0xE69F00, 0x56B4E9, 0xF0E442, 0x009E73, 0xD55E00, 0xCC79A7, 0xFFFFFF, 0x7F5539, 0x999999
    };

    private static final int NONE = 0x303030;
    private static final int IGNORED = 255;

    /** Whether a test set is made of such pictures. */
    static boolean has(World world, OpenWorld open, String set) {
        Known.require("test set", set, world.domains());
        return open.testSets().stream().anyMatch(test -> test.name().equals(set) && test instanceof Segmented);
    }

    /**
     * The pictures of a test set with what stored runs make of them.
     *
     * @param runs have ended; of one experiment and seed
     */
    static MaskPictures of(List<RunFolder> runs, String set) {
        return Worker.run(new Cancel(), () -> {
            ExperimentSpec first = runs.get(0).spec();
            World world = Plan.of(first).world();
            List<Pixels> pictures = new ArrayList<>();
            List<long[]> labels = new ArrayList<>();
            List<long[][]> predictions = new ArrayList<>();
            for (RunFolder run : runs) {
                TestPictures.requireAlike(first, run.spec());
                run.load();
                run.verifyModel();
                Plan plan = Plan.of(run.spec());
                try (OpenWorld open = plan.open()) {
                    plan.adapt(open);
                    Experiment.assign(open, run);
                    Segmented test = (Segmented) open.testSets().stream()
                            .filter(one -> one.name().equals(set))
                            .findFirst()
                            .orElseThrow();
                    predictions.add(test.predictions());
                    for (int i = pictures.size(); i < test.examples(); i++) { // the same for all runs
                        pictures.add(test.picture(i));
                        labels.add(test.labels(i));
                    }
                }
            }
            return new MaskPictures(set, world.classes(), pictures, labels, predictions);
        });
    }

    /**
     * A row per place of the test sets: the picture in each set, then the classes of its pixels.
     *
     * @param sets names of test sets with the same pictures, corrupted or not
     * @param rows at most so many
     */
    static PictureGrid shown(World world, List<String> sets, int rows) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), 0)) {
                List<Segmented> tests = open.testSets().stream()
                        .filter(test -> sets.contains(test.name()))
                        .map(Segmented.class::cast)
                        .toList();
                int n = Math.min(rows, tests.get(0).examples());
                List<Picture> cells = new ArrayList<>();
                for (int row = 0; row < n; row++) {
                    int i = (int) ((long) row * tests.get(0).examples() / n);
                    var masks = new MaskPictures(
                            "", world.classes(), List.of(tests.get(0).picture(i)), List.of(), List.of());
                    tests.forEach(test -> cells.add(new Picture(test.picture(i), List.of(Line.of(test.name())))));
                    long[] labels = tests.get(0).labels(i);
                    cells.add(new Picture(masks.coloured(labels), List.of(Line.of(masks.words(labels)))));
                }
                return new PictureGrid(
                        "Test pictures of " + world.name(),
                        tests.size() + 1,
                        cells,
                        n + " test pictures of " + world.name() + " in " + String.join(", ", sets)
                                + ", and the classes of their pixels.",
                        "Black: background; a colour is one class.");
            }
        });
    }

    /**
     * A row per picture: the picture, its classes, and what each run makes of it.
     *
     * @param names of the runs, for people
     * @param rows at most so many
     */
    PictureGrid grid(List<String> names, int rows) {
        List<Picture> cells = new ArrayList<>();
        int n = Math.min(rows, pictures.size());
        for (int row = 0; row < n; row++) {
            int i = (int) ((long) row * pictures.size() / n);
            cells.add(new Picture(pictures.get(i), List.of(Line.of(set))));
            cells.add(new Picture(coloured(labels.get(i)), List.of(Line.of(words(labels.get(i))))));
            for (int run = 0; run < predictions.size(); run++) {
                long[] predicted = predictions.get(run)[i];
                cells.add(new Picture(
                        coloured(predicted),
                        List.of(Line.of((names.size() > 1 ? (char) ('A' + run) + ": " : "") + words(predicted)))));
            }
        }
        List<String> scores = IntStream.range(0, names.size())
                .mapToObj(run -> String.format(
                        java.util.Locale.ROOT, "%s has a mean IoU of %.1f %%", names.get(run), percent(run)))
                .toList();
        return new PictureGrid(
                "Pictures, their classes, and what " + (names.size() > 1 ? "two runs make" : "a run makes")
                        + " of them, " + set,
                2 + names.size(),
                cells,
                SettingCharts.listed(n + " of the " + pictures.size() + " pictures of " + set + ": ", scores, ", "),
                "From the left: picture, classes of its pixels, then "
                        + (names.size() > 1 ? "A: " + names.get(0) + ", B: " + names.get(1) : names.get(0))
                        + ". Black: background; a colour is one class.");
    }

    private double percent(int run) {
        var counter = new Overlaps.Counter(classes.size(), IGNORED);
        for (int i = 0; i < labels.size(); i++) {
            counter.add(predictions.get(run)[i], labels.get(i));
        }
        return counter.overlaps().percent();
    }

    /** The classes that occur, but for the background. */
    private String words(long[] of) {
        List<String> words = java.util.Arrays.stream(of)
                .filter(label -> label > 0 && label < classes.size())
                .distinct()
                .sorted()
                .mapToObj(label -> classes.get((int) label))
                .toList();
        return words.isEmpty()
                ? "nothing"
                : String.join(", ", words.subList(0, Math.min(2, words.size()))) + (words.size() > 2 ? " ..." : "");
    }

    private Pixels coloured(long[] of) {
        Pixels shape = pictures.get(0);
        byte[] values = new byte[of.length * Pixels.RGB];
        for (int i = 0; i < of.length; i++) {
            int colour = of[i] == 0
                    ? COLOURS[0]
                    : of[i] >= classes.size() ? NONE : COLOURS[1 + (int) (of[i] - 1) % (COLOURS.length - 1)];
            for (int c = 0; c < Pixels.RGB; c++) {
                values[i * Pixels.RGB + c] = (byte) (colour >> 8 * (2 - c));
            }
        }
        return new Pixels(shape.height(), shape.width(), Pixels.RGB, values);
    }
}

package org.spdbook.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.PictureGrid.Line;
import org.spdbook.chart.PictureGrid.Mark;
import org.spdbook.chart.PictureGrid.Picture;
import org.spdbook.eval.Hits;
import org.spdbook.train.Cancel;

/** Pictures of test sets to look at, with what they are and what runs take them for. */
public final class PictureGrids {

    /** Pictures in a row. */
    private static final int COLUMNS = 6;

    /** Pictures in a row where names of classes need room behind a mark. */
    private static final int MARKED_COLUMNS = 5;

    /** More would make the output of a cell too large: 24 noisy pictures take 99 KB. */
    public static final int MOST = 24;

    /** Runs whose answers to questions stand side by side at most. */
    public static final int MOST_ANSWERING = 8;

    private static final int MASKED_CELLS = 4;
    private static final int ROWS = 4;
    private static final String NAMES = "AB";

    private PictureGrids() {}

    /** One picture of every class of a domain, of at most {@link #MOST} classes. */
    public static PictureGrid classes(String world, TestPictures set) {
        List<Picture> pictures = new ArrayList<>();
        for (int c = 0; c < Math.min(MOST, set.classes().size()); c++) {
            int wanted = c;
            IntStream.range(0, set.pictures().size())
                    .filter(i -> set.labels()[i] == wanted)
                    .findFirst()
                    .ifPresent(i -> pictures.add(new Picture(
                            set.pictures().get(i), List.of(Line.of(set.classes().get(wanted))))));
        }
        return new PictureGrid(
                "Test pictures of " + world + ", " + set.set(),
                COLUMNS,
                pictures,
                "One picture of each of " + pictures.size() + " classes of " + world + " in the domain " + set.set()
                        + ", the first of the test set of seed 0.",
                "");
    }

    /** The same six places of several test sets, a row for each domain. */
    public static PictureGrid domains(String world, List<TestPictures> sets) {
        List<Picture> pictures = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (TestPictures set : sets) {
            names.add(set.set());
            for (int i : spaced(IntStream.range(0, set.pictures().size()).toArray(), COLUMNS)) {
                pictures.add(
                        new Picture(set.pictures().get(i), List.of(Line.of(set.label(i)), Line.of("in " + set.set()))));
            }
        }
        return new PictureGrid(
                "Test pictures of " + world,
                COLUMNS,
                pictures,
                "Six test pictures of " + world + " in each of the domains " + String.join(", ", names)
                        + "; a column shows one class.",
                "");
    }

    /**
     * Test pictures of a world: of one domain a picture of each class, of all domains a row each; of worlds whose pixels are told apart a
     * few pictures with their masks, of questions about pictures some with their answers.
     *
     * @param domain null for all
     * @throws IllegalArgumentException if there is no such domain, or its examples are no pictures
     */
    public static PictureGrid shown(World world, @Nullable String domain) {
        List<String> sets = domain == null ? world.domains() : List.of(domain);
        if (masks(world, sets.get(0))) {
            return MaskPictures.shown(world, sets, ROWS);
        }
        if (questions(world, sets.get(0))) {
            return QuestionPictures.shown(world, sets, Math.max(1, MOST / 2 / sets.size()));
        }
        return domain == null
                ? domains(
                        world.name(),
                        sets.stream().map(set -> TestPictures.of(world, set, 0)).toList())
                : classes(world.name(), TestPictures.of(world, domain, 0));
    }

    private static boolean masks(World world, String set) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), 0)) {
                return MaskPictures.has(world, open, set);
            }
        });
    }

    private static boolean questions(World world, String set) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), 0)) {
                return QuestionPictures.has(open, set);
            }
        });
    }

    /**
     * Test pictures of stored runs: with what they take them for, or for worlds whose pixels are told apart, with the classes of the pixels.
     *
     * @param runs one or two that have ended; where questions are asked about pictures up to {@value #MOST_ANSWERING}
     * @param names of the runs, for people
     * @param count pictures wanted; of those with masks a quarter as many, a row each
     * @param wrongOnly only pictures that at least one run takes for something else
     * @throws IllegalArgumentException if there is no such set or no such picture
     */
    public static PictureGrid of(List<RunFolder> runs, String set, List<String> names, int count, boolean wrongOnly)
            throws IOException {
        World world = Plan.of(runs.get(0).spec()).world();
        Known.require("test set", set, world.domains());
        if (questions(world, set)) {
            requireCount(count);
            return QuestionPictures.of(runs, set).grid(names, count, wrongOnly);
        }
        if (runs.size() > NAMES.length()) {
            throw new IllegalArgumentException(
                    "plot images of " + world.name() + " takes one or two runs, got " + runs.size() + "; name fewer");
        }
        boolean masks = masks(world, set);
        if (masks && wrongOnly) {
            throw new IllegalArgumentException("--wrong is for pictures of one class each, those of " + world.name()
                    + " have one per pixel; leave it out");
        }
        return masks
                ? MaskPictures.of(runs, set).grid(names, Math.max(1, count / MASKED_CELLS))
                : predictions(TestPictures.of(runs, set), names, count, wrongOnly);
    }

    /**
     * Test pictures with what one or two runs take them for, evenly spaced over the set.
     *
     * @param labels of the runs, for people
     * @param count pictures wanted, 1 to {@link #MOST}
     * @param wrongOnly only pictures that at least one run takes for something else
     * @throws IllegalArgumentException for another count or number of runs, or if nothing is wrong
     */
    public static PictureGrid predictions(TestPictures set, List<String> labels, int count, boolean wrongOnly) {
        int runs = set.predictions().size();
        if (runs < 1 || runs > NAMES.length()) {
            throw new IllegalArgumentException("plot images takes one or two runs, got " + runs);
        }
        requireCount(count);
        int[] candidates = IntStream.range(0, set.pictures().size())
                .filter(i -> !wrongOnly || IntStream.range(0, runs).anyMatch(run -> !set.isRight(run, i)))
                .toArray();
        if (candidates.length == 0) {
            throw new IllegalArgumentException(
                    "no picture of " + set.set() + " is taken for something else; leave --wrong out");
        }
        int[] chosen = spaced(candidates, count);
        List<Picture> pictures = new ArrayList<>();
        for (int i : chosen) {
            List<Line> lines = new ArrayList<>(List.of(Line.of(set.label(i))));
            for (int run = 0; run < runs; run++) {
                String name = runs == 1 ? "" : NAMES.charAt(run) + ": ";
                Mark mark = set.isRight(run, i) ? Mark.RIGHT : Mark.WRONG;
                lines.add(new Line(name + set.prediction(run, i), mark));
            }
            pictures.add(new Picture(set.pictures().get(i), lines));
        }
        return new PictureGrid(
                (wrongOnly ? "Test pictures taken for something else, " : "Test pictures and what they are taken for, ")
                        + set.set(),
                MARKED_COLUMNS,
                pictures,
                message(set, labels, chosen, wrongOnly),
                note(labels));
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("--count must be 1 to " + MOST + ", got " + count);
        }
    }

    private static String message(TestPictures set, List<String> labels, int[] chosen, boolean wrongOnly) {
        List<String> parts = new ArrayList<>();
        for (int run = 0; run < labels.size(); run++) {
            int index = run;
            long right =
                    Arrays.stream(chosen).filter(i -> set.isRight(index, i)).count();
            double all = Hits.of(set.predictions().get(run), set.labels()).percent();
            parts.add(text("%s is right on %d of them and on %.1f %% of all", labels.get(run), right, all));
        }
        String which = wrongOnly ? " that a run takes for something else" : "";
        String start = chosen.length + " of the " + set.labels().length + " pictures of " + set.set() + which + ": ";
        return SettingCharts.listed(start, parts, ", ");
    }

    private static String note(List<String> labels) {
        String runs = labels.size() == 1
                ? "Run: " + labels.get(0) + "."
                : "A: " + labels.get(0) + ". B: " + labels.get(1) + ".";
        return "First line: what it is. " + runs + " Blue tick: right; brown cross: wrong.";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Up to {@code count} of the values, evenly spaced from the first on. */
    static int[] spaced(int[] values, int count) {
        int n = Math.min(count, values.length);
        return IntStream.range(0, n)
                .map(i -> values[(int) ((long) i * values.length / n)])
                .toArray();
    }
}

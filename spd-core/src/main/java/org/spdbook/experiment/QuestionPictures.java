package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.PictureGrid.Line;
import org.spdbook.chart.PictureGrid.Mark;
import org.spdbook.chart.PictureGrid.Picture;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Questioned;
import org.spdbook.eval.Shares;
import org.spdbook.train.Cancel;

/**
 * Pictures of a test set with what is asked about them, and what runs answer.
 *
 * @param set name of the test set
 * @param pictures RGB, one size
 * @param questions about each
 * @param answers what is right of each
 * @param runs what each run answers
 */
record QuestionPictures(
        String set, List<Pixels> pictures, List<String> questions, List<String> answers, List<Told> runs) {

    private static final int COLUMNS = 3;
    private static final double RIGHT = .5;

    /** Letters of a question that fit under a picture. */
    private static final int WIDE = 32;

    /** What a run answers, and how right that is. */
    record Told(List<String> answers, Shares shares) {

        boolean isRight(int i) {
            return shares.share(i) >= RIGHT;
        }
    }

    /** Whether a test set is made of such questions. */
    static boolean has(OpenWorld open, String set) {
        return open.testSets().stream().anyMatch(test -> test.name().equals(set) && test instanceof Questioned);
    }

    private static Questioned test(OpenWorld open, String set) {
        return (Questioned) open.testSets().stream()
                .filter(one -> one.name().equals(set))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The questions of a test set with what stored runs answer.
     *
     * @param runs have ended; of one experiment and seed
     */
    static QuestionPictures of(List<RunFolder> runs, String set) {
        return Worker.run(new Cancel(), () -> {
            ExperimentSpec first = runs.get(0).spec();
            var pictures = new QuestionPictures(
                    set, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (RunFolder run : runs) {
                TestPictures.requireAlike(first, run.spec());
                run.load();
                run.verifyModel();
                Plan plan = Plan.of(run.spec());
                try (OpenWorld open = plan.open()) {
                    plan.adapt(open);
                    Experiment.assign(open, run);
                    Questioned test = test(open, set);
                    Shares shares = test.outcomes();
                    pictures.runs.add(new Told(test.answers(), shares));
                    if (pictures.pictures.isEmpty()) { // the same for all runs
                        pictures.add(test, test.examples());
                    }
                }
            }
            return pictures;
        });
    }

    private void add(Questioned test, int count) {
        for (int i = 0; i < count; i++) {
            int at = (int) ((long) i * test.examples() / count);
            pictures.add(test.picture(at));
            questions.add(test.question(at));
            answers.add(test.answer(at));
        }
    }

    /**
     * Some questions of test sets, without runs.
     *
     * @param sets names
     * @param each so many of each
     */
    static PictureGrid shown(World world, List<String> sets, int each) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), 0)) {
                List<Picture> cells = new ArrayList<>();
                for (String set : sets) {
                    var some = new QuestionPictures(
                            set, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), List.of());
                    some.add(test(open, set), each);
                    for (int i = 0; i < each; i++) {
                        List<Line> lines = question(some.questions.get(i));
                        lines.add(Line.of(some.answers.get(i) + (sets.size() > 1 ? ", in " + set : "")));
                        cells.add(new Picture(some.pictures.get(i), lines));
                    }
                }
                return new PictureGrid(
                        "Questions of " + world.name(),
                        COLUMNS,
                        cells,
                        (sets.size() > 1
                                        ? "Questions of " + sets.size() + " test sets of " + world.name() + ", of each "
                                                + each
                                        : each + " questions of " + sets.get(0))
                                + ", with their pictures and answers.",
                        "");
            }
        });
    }

    /**
     * Pictures with the question, what is right, and what each run answers.
     *
     * @param names of the runs, for people
     * @param count at most so many
     * @param wrongOnly only those that at least one run answers wrong
     * @throws IllegalArgumentException if nothing is wrong
     */
    PictureGrid grid(List<String> names, int count, boolean wrongOnly) {
        int[] candidates = IntStream.range(0, pictures.size())
                .filter(i -> !wrongOnly || runs.stream().anyMatch(run -> !run.isRight(i)))
                .toArray();
        if (candidates.length == 0) {
            throw new IllegalArgumentException("no question of " + set + " is answered wrong; leave --wrong out");
        }
        List<Picture> cells = new ArrayList<>();
        for (int i : PictureGrids.spaced(candidates, count)) {
            List<Line> lines = question(questions.get(i));
            lines.add(Line.of(answers.get(i)));
            for (int run = 0; run < runs.size(); run++) {
                String said = runs.get(run).answers.get(i);
                lines.add(new Line(
                        (runs.size() > 1 ? (char) ('A' + run) + ": " : "") + (said.isEmpty() ? "nothing" : said),
                        runs.get(run).isRight(i) ? Mark.RIGHT : Mark.WRONG));
            }
            cells.add(new Picture(pictures.get(i), lines));
        }
        return new PictureGrid(
                (wrongOnly ? "Questions that a run answers wrong, " : "Questions and answers, ") + set,
                COLUMNS,
                cells,
                message(names, cells.size()),
                note(names));
    }

    /** A question in as many lines as it needs. */
    private static List<Line> question(String text) {
        List<Line> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > WIDE && rest.lastIndexOf(' ', WIDE) > 0) {
            int end = rest.lastIndexOf(' ', WIDE);
            lines.add(Line.of(rest.substring(0, end)));
            rest = rest.substring(end + 1);
        }
        lines.add(Line.of(rest));
        return lines;
    }

    private String message(List<String> names, int shown) {
        List<String> parts = IntStream.range(0, names.size())
                .mapToObj(run -> String.format(
                        Locale.ROOT,
                        "%s answers %.1f %%",
                        names.size() > 1 ? String.valueOf((char) ('A' + run)) : names.get(run),
                        runs.get(run).shares.percent()))
                .toList();
        return SettingCharts.listed(
                shown + " of the " + pictures.size() + " questions of " + set + "; right of all: ", parts, ", ");
    }

    private static String note(List<String> names) {
        List<String> runs = IntStream.range(0, names.size())
                .mapToObj(
                        run -> names.size() == 1 ? "Run: " + names.get(0) : (char) ('A' + run) + ": " + names.get(run))
                .toList();
        return "Under each: the question, what is right, what a run answers. " + String.join(". ", runs)
                + ". Blue tick: right; brown cross: wrong.";
    }
}

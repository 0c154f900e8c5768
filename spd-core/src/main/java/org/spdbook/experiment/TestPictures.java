package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Pictured;
import org.spdbook.train.Cancel;

/**
 * The pictures of a test set, and what runs take them for.
 *
 * @param set name of the test set
 * @param classes names of the classes, in the order of the labels
 * @param pictures RGB, one size
 * @param labels class of each
 * @param predictions per run: class that it takes each for
 */
public record TestPictures(
        String set, List<String> classes, List<Pixels> pictures, long[] labels, List<long[]> predictions) {

    public TestPictures {
        classes = List.copyOf(classes);
        pictures = List.copyOf(pictures);
        predictions = List.copyOf(predictions);
    }

    /**
     * The pictures of a test set, without runs.
     *
     * @param seed of the split
     * @throws IllegalArgumentException if there is no such set, or it is not made of pictures
     */
    public static TestPictures of(World world, String set, long seed) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), seed)) {
                Pictured test = pictured(world, open, set);
                return new TestPictures(set, world.classes(), pictures(test), test.labels(), List.of());
            }
        });
    }

    /**
     * The pictures of a test set with what stored runs take them for, by their stored weights.
     *
     * @param runs have ended; of one experiment and seed, as the seed chooses the pictures
     * @throws IllegalArgumentException if they have not, there is no such set, or it is not made of pictures
     */
    public static TestPictures of(List<RunFolder> runs, String set) {
        return Worker.run(new Cancel(), () -> {
            ExperimentSpec first = runs.get(0).spec();
            World world = Plan.of(first).world();
            Known.require("test set", set, world.domains());
            List<long[]> predictions = new ArrayList<>();
            List<Pixels> pictures = List.of();
            long[] labels = {};
            for (RunFolder run : runs) {
                ExperimentSpec spec = run.spec();
                requireAlike(first, spec);
                run.load();
                run.verifyModel();
                Plan plan = Plan.of(spec);
                try (OpenWorld open = plan.open()) {
                    plan.adapt(open);
                    Experiment.assign(open, run);
                    Pictured test = pictured(world, open, set);
                    predictions.add(test.predictions());
                    if (pictures.isEmpty()) { // the same for all
                        pictures = pictures(test);
                        labels = test.labels();
                    }
                }
            }
            return new TestPictures(set, world.classes(), pictures, labels, predictions);
        });
    }

    /** Refuses runs of different pictures. */
    static void requireAlike(ExperimentSpec first, ExperimentSpec spec) {
        if (!spec.experiment().equals(first.experiment()) || spec.seed() != first.seed()) {
            throw new IllegalArgumentException("runs are looked at on the same pictures, so they must be of one"
                    + " experiment and seed; got " + first.experiment() + " with seed " + first.seed() + " and "
                    + spec.experiment() + " with seed " + spec.seed());
        }
    }

    private static Pictured pictured(World world, OpenWorld open, String set) {
        Known.require("test set", set, world.domains());
        return open.testSets().stream()
                .filter(test -> test.name().equals(set))
                .filter(Pictured.class::isInstance)
                .map(Pictured.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "test set " + set + " of " + world.name() + " is not made of pictures; choose another world"));
    }

    private static List<Pixels> pictures(Pictured test) {
        return IntStream.range(0, test.examples()).mapToObj(test::picture).toList();
    }

    /** The name of the class of a picture. */
    public String label(int i) {
        return classes.get((int) labels[i]);
    }

    /** The name of the class that a run takes a picture for. */
    public String prediction(int run, int i) {
        return classes.get((int) predictions.get(run)[i]);
    }

    /** Whether a run takes a picture for what it is. */
    public boolean isRight(int run, int i) {
        return predictions.get(run)[i] == labels[i];
    }
}

package org.spdbook.experiment;

import java.util.List;
import java.util.Set;
import org.spdbook.optim.Adam;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.NumberedWord;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.Target;
import org.spdbook.train.Cancel;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.train.Trainer;

/**
 * What is done before training: nothing, or {@code probe(E R)}: the head alone is trained for E epochs with Adam, at rates from R down a cosine. The
 * training that follows is then LP-FT (Kumar et al., <i>Fine-tuning can distort pretrained features and underperform out-of-distribution</i>, ICLR
 * 2022); a head that is anchored is pulled back to what the probe found, one that is excluded stays there. Adapters come after the probe. The steps of the probe are in no history.
 *
 * @param epochs of the probe; 0 for none
 * @param rate of the probe, per step
 */
public record Start(int epochs, double rate) {

    /** As the world opens. */
    public static final Start NONE = new Start(0, 0);

    private static final String WORD = "probe";
    private static final int WARM_UP = 10;

    public Start {
        if (epochs < 0 || epochs > 0 && !(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw unknown(WORD + "(" + epochs + " " + rate + ")");
        }
    }

    /** Examples of all that {@link #parse} reads. */
    public static List<String> words() {
        return List.of("none", WORD + "(12 0.01)");
    }

    /**
     * Reads one of {@link #words}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Start parse(String text) {
        NumberedWord read = NumberedWord.parse(text).orElseThrow(() -> unknown(text));
        if (read.word().equals("none") && read.numbers().isEmpty()) {
            return NONE;
        }
        boolean fits = read.word().equals(WORD)
                && read.numbers().size() == 2
                && read.numbers().get(0) % 1 == 0
                && read.numbers().get(0) >= 1;
        if (!fits) {
            throw unknown(text);
        }
        return new Start(read.numbers().get(0).intValue(), read.numbers().get(1));
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "start takes none, or probe(E R) with a number of epochs and a learning rate, got " + text);
    }

    @Override
    public String toString() {
        return epochs == 0 ? "none" : WORD + "(" + epochs + " " + rate + ")";
    }

    /**
     * Trains the head of an open world without adapters. What else collects gradients rests meanwhile.
     *
     * @param batch examples per step
     * @param mostSteps after which it ends even if the epochs are not over
     * @param computing parts of a batch and their gradients, as in the training that follows
     * @param seed of the run; the order of the examples is that of its first epochs
     * @param cancel asked before every step; the probe ends there, and is made anew when the run goes on
     */
    void apply(
            OpenWorld open,
            int batch,
            int mostSteps,
            Computing computing,
            long seed,
            StepExecutor executor,
            Cancel cancel) {
        if (epochs == 0) {
            return;
        }
        open.unfreeze(open.head());
        Set<String> resting = open.freeze(
                name -> !open.head().contains(name)); // or gradients of the probe would wait for the training
        List<Target> head = open.task().targets().stream()
                .filter(target -> open.head().contains(target.name()))
                .toList();
        var trainer = new Trainer(
                epochs, batch, 0, new Seeds(seed), mostSteps, computing.accumulate(), computing.gradients());
        var schedule = new Schedule(Schedule.Kind.COSINE, rate, WARM_UP, trainer.steps(open.task()));
        try (var optimizer = new BoundOptimizer(new Adam(AdamMoments.defaults()), executor, head)) {
            trainer.run(open.task(), optimizer, schedule, 0, (step, loss, now) -> {}, cancel);
        }
        open.unfreeze(resting);
    }
}

package org.spdbook.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.magic.Magic;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.magics.command.Train;
import picocli.CommandLine;

/** {@code %spd train emoji --on noto --as base}: trains with a bar in place, can be interrupted, and binds the run. */
public final class SpdMagic implements Magic {

    private static final int UPDATE_EVERY = 8;

    @Override
    public String name() {
        return "spd";
    }

    @Override
    public String summary() {
        return "train on a small world: %spd train emoji --on noto --optimizer adam-spd --as spd";
    }

    @Override
    public @Nullable Object run(MagicCall call) {
        List<String> words = new ArrayList<>(call.arguments());
        if (words.isEmpty() || !words.remove(0).equals("train")) {
            throw new MagicException("%spd knows the word train so far; write " + summary());
        }
        String variable = null;
        int as = words.indexOf("--as");
        if (as >= 0 && as + 1 < words.size()) {
            variable = words.get(as + 1);
            words.subList(as, as + 2).clear();
        }
        Train train = new Train();
        try {
            new CommandLine(train).parseArgs(words.toArray(String[]::new));
            Run run = train(call, train.specification());
            if (variable != null) {
                call.session().bind(variable, Run.class, run);
            }
            return table(run);
        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
            throw new MagicException(String.valueOf(e.getMessage()));
        }
    }

    private static Run train(MagicCall call, ExperimentSpec spec) {
        DisplayHandle bar = call.session().display(progress(0, 1, Double.NaN));
        AtomicBoolean cancelled = new AtomicBoolean();
        try (var registration = call.session().onInterrupt(() -> cancelled.set(true))) {
            Run run = World.named(spec.experiment())
                    .run(
                            spec,
                            (step, steps, loss) -> {
                                if (step % UPDATE_EVERY == 0 || step == steps) {
                                    bar.update(progress(step, steps, loss));
                                }
                            },
                            cancelled::get);
            if (cancelled.get()) {
                throw new MagicException(
                        "training was interrupted after " + run.losses().size() + " steps; nothing was bound");
            }
            return run;
        }
    }

    private static DisplayBundle progress(int step, int steps, double loss) {
        String text = String.format(Locale.ROOT, "%d/%d steps, loss %.3f", step, steps, loss);
        return DisplayBundle.text(text)
                .with(
                        "text/html",
                        "<progress value=\"" + step + "\" max=\"" + steps + "\"></progress> <code>" + text + "</code>");
    }

    private static DisplayBundle table(Run run) {
        Map<String, Double> before =
                World.named(run.spec().experiment()).zeroShot(run.spec().seed());
        StringBuilder text = new StringBuilder(String.format("%-12s %10s %10s%n", "tested on", "zero-shot", "trained"));
        StringBuilder html = new StringBuilder(
                "<table><caption>Accuracy, %; " + run.spec().optimizer() + ", twin, one seed</caption>"
                        + "<tr><th>tested on</th><th>zero-shot</th><th>trained</th></tr>");
        new TreeMap<>(run.scores()).forEach((set, score) -> {
            String label = set.equals(run.spec().trainedOn()) ? set + " (ID)" : set;
            text.append(String.format(Locale.ROOT, "%-12s %9.1f%% %9.1f%%%n", label, before.get(set), score));
            html.append(String.format(
                    Locale.ROOT, "<tr><th>%s</th><td>%.1f</td><td>%.1f</td></tr>", label, before.get(set), score));
        });
        String last = String.format(Locale.ROOT, "OOD mean %.1f%%, deviation %.2f", run.ood(), run.deviation());
        return DisplayBundle.text(text + last).with("text/html", html + "</table><p>" + last + "</p>");
    }
}

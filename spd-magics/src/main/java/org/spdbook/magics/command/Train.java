package org.spdbook.magics.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunGrids;
import org.spdbook.experiment.SpecWords;
import org.spdbook.experiment.table.TableJson;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import picocli.CommandLine;

/** {@code train EXPERIMENT}: one fine-tuning run with its accuracies beside those before training. */
@CommandLine.Command(name = "train", description = "Fine-tune on one domain and test on all of them.")
public final class Train implements Word {

    @CommandLine.Parameters(paramLabel = "EXPERIMENT", description = "a world, see: spd data")
    private String experiment = "";

    @CommandLine.Mixin
    private SpecOptions options = new SpecOptions();

    @CommandLine.Option(names = "--as", paramLabel = "NAME", description = "Java variable for the run (notebook)")
    private @Nullable String variable;

    @CommandLine.Mixin
    private RecordingOptions recordings = new RecordingOptions();

    @CommandLine.Mixin
    private Detached detached = new Detached();

    @CommandLine.Mixin
    private DeviceOption device = new DeviceOption();

    @CommandLine.Mixin
    private Json json = new Json();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Answer answer(Front front) throws IOException {
        detached.check(variable);
        if (variable != null) {
            front.checkVariable(variable);
        }
        Plan plan = Plan.of(options.specification(experiment)).on(device.word());
        Recording recording = recordings.recording();
        if (detached.isAsked()) {
            return detached.begin(Experiment.prepare(plan, front.runs()), spec.root(), recordings, json);
        }
        var cancel = new Cancel();
        var progress = front.watch(
                plan.spec().optimizer() + " on " + plan.spec().trainedOn(),
                plan.spec().optimizer());
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            Run run = Experiment.train(plan, front.runs(), recording, progress, cancel);
            if (variable != null) {
                front.bind(variable, run);
            }
            return shown(run, json);
        }
    }

    /** The table of a run, or its JSON. */
    static Answer shown(Run run, Json json) {
        return Answer.of(json.isAsked() ? Json.text(TableJson.tree(run)) : RunGrids.accuracy(run));
    }

    /** The options that make a spec. */
    static final class SpecOptions {

        @CommandLine.Option(names = "--on", paramLabel = "DOMAIN", description = "domain to train on")
        private @Nullable String domain;

        @CommandLine.Option(
                names = "--optimizer",
                paramLabel = "NAME",
                defaultValue = "adam-spd",
                description = "see: spd optimizers (${DEFAULT-VALUE})")
        private String optimizer = "";

        @CommandLine.Option(
                names = "--lr",
                paramLabel = "RATE",
                description = "learning rate (1e-3 in the twins, 2e-5 in pilot and paper)")
        private @Nullable String lr;

        @CommandLine.Option(names = "--lambda", paramLabel = "X", description = "strength, where there is one")
        private @Nullable String lambda;

        @CommandLine.Option(names = "--epochs", paramLabel = "N", description = "passes over the examples")
        private @Nullable String epochs;

        @CommandLine.Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "0",
                description = "seed (${DEFAULT-VALUE})")
        private String seed = "";

        @CommandLine.Option(
                names = "--profile",
                defaultValue = ExperimentSpec.TWIN,
                description = "size: twin, pilot or paper (${DEFAULT-VALUE})")
        private String profile = "";

        @CommandLine.Option(names = "--fraction", paramLabel = "X", description = "pilot: share of the pictures")
        private @Nullable String fraction;

        @CommandLine.Option(names = "--classes", paramLabel = "N", description = "pilot: how many classes")
        private @Nullable String classes;

        @CommandLine.Option(names = "--max-steps", paramLabel = "N", description = "pilot: steps at most")
        private @Nullable String mostSteps;

        @CommandLine.Option(
                names = "--set",
                paramLabel = "KEY=VALUE",
                description = "any option of the optimizer or the recipe, see: spd params EXPERIMENT")
        private Map<String, String> others = new LinkedHashMap<>();

        @CommandLine.Mixin
        private PeftOption peft = new PeftOption();

        /** The description of work; names are checked here. */
        ExperimentSpec specification(String experiment) {
            Map<String, String> given = new LinkedHashMap<>(others);
            peft.into(given);
            given.put(SpecWords.OPTIMIZER, optimizer);
            given.put(SpecWords.SEED, seed);
            given.put(SpecWords.PROFILE, profile);
            put(given, SpecWords.LR, lr);
            put(given, SpecWords.ON, domain);
            put(given, "lambda", lambda);
            put(given, "epochs", epochs);
            put(given, "fraction", fraction);
            put(given, "classes", classes);
            put(given, "max-steps", mostSteps);
            return SpecWords.spec(experiment, given);
        }

        private static void put(Map<String, String> given, String word, @Nullable String value) {
            if (value != null) {
                given.put(word, value);
            }
        }
    }
}

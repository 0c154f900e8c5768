package org.spdbook.experiment.commonsense;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.data.commonsense.Commonsense;
import org.spdbook.data.commonsense.CommonsenseCheck;
import org.spdbook.data.commonsense.CommonsenseFiles;
import org.spdbook.data.commonsense.CommonsenseItem;
import org.spdbook.data.commonsense.CommonsenseSet;
import org.spdbook.experiment.Adapters;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.Trained;
import org.spdbook.experiment.World;
import org.spdbook.experiment.disk.DiskWorld;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.experiment.disk.Place;
import org.spdbook.experiment.disk.Remembered;
import org.spdbook.peft.BottleneckConfig;
import org.spdbook.train.Schedule;

/**
 * Adapters of LLaMA trained on a mixture of commonsense questions and tested on eight sets, as LLM-Adapters (Hu et al., EMNLP 2023) does it:
 * three epochs, batches of 16 in parts of 4, rate 3e-4 after 100 steps of warm-up, linear to 0. See paper.md 3.4. None of the sets is
 * what is trained on, so there is no ID score, and the mean over all eight is the OOD score.
 *
 * <p>Other than the original: the base is frozen in the type of its file (float16 or bfloat16), also for series adapters, for which the original
 * rounds it to int8; there is no loss scaling, since what is trained is float32; the last checkpoint is tested, not that with the lowest
 * validation loss, which is measured at the end.
 */
class RealCommonsense extends DiskWorld<Commonsense> {

    /** What is trained on: no test set. */
    static final String MIXTURE = "mixture";

    private static final Recipe RECIPE = Recipe.of(3, 16, 100, Schedule.Kind.LINEAR, 1)
            .with(Map.of("trained", Trained.LORA.word(), "accumulate", "4", "statistics", "part"))
            .with(new Adapters(32, 64, .05, 256, BottleneckConfig.Form.TANH, 10, Adapters.USUAL_TARGETS));
    private static final double RATE = 3e-4;
    private static final Set<Trained> TRAINED =
            EnumSet.of(Trained.LORA, Trained.SERIES, Trained.PARALLEL, Trained.PREFIX);

    private static final Remembered<Commonsense> READ = new Remembered<>();

    private final QuestionSettings settings;

    /** A world of one profile. */
    RealCommonsense(Profile profile) {
        this(profile, QuestionSettings.of(profile));
    }

    private RealCommonsense(Profile profile, QuestionSettings settings) {
        super("commonsense", profile, settings.all());
        this.settings = settings;
    }

    @Override
    public String summary() {
        return "adapters of LLaMA-" + settings.size().toUpperCase(Locale.ROOT) + " learn "
                + (chosen().isPart() ? "a part of " : "") + "170,420 commonsense questions, tested on eight sets";
    }

    @Override
    public int table() {
        return 5;
    }

    @Override
    public List<String> domains() {
        return CommonsenseSet.words();
    }

    @Override
    public List<String> trainable() {
        return List.of(MIXTURE);
    }

    @Override
    public boolean testsUntrained() {
        return false;
    }

    @Override
    public Recipe recipe() {
        return RECIPE;
    }

    @Override
    public double rate() {
        return RATE;
    }

    @Override
    public void check(Trained trained) {
        if (!TRAINED.contains(trained)) {
            throw new IllegalArgumentException(
                    "commonsense trains adapters of LLaMA, whose own tensors are frozen in the"
                            + " type of their file, got trained=" + trained.word()
                            + "; choose lora, series, parallel or prefix");
        }
    }

    @Override
    public String targets(Trained kind) {
        return switch (kind) {
            case SERIES -> ".*\\.(up|gate)_proj";
            case PARALLEL -> ".*\\.(up|down)_proj";
            default -> ".*\\.(q|k|v|up|down)_proj";
        };
    }

    @Override
    public World with(Map<String, String> changed) {
        return new RealCommonsense(profile(), new QuestionSettings(chosen().with(changed)));
    }

    private static Path root() {
        return Place.DATA.resolve("commonsense");
    }

    @Override
    protected Commonsense read() throws IOException {
        var files = new CommonsenseFiles(root());
        files.require();
        List<Path> all = Stream.concat(
                        Stream.of(files.training()),
                        Stream.of(CommonsenseSet.values()).map(files::test))
                .toList();
        return READ.of(all, () -> Commonsense.in(root()));
    }

    @Override
    protected String source() {
        return "see: spd data commonsense --profile paper";
    }

    @Override
    protected String checksum(Commonsense data) {
        return data.checksum();
    }

    @Override
    protected String model() {
        return "LLaMA, a decoder of language, frozen; adapters of it are trained in float32";
    }

    @Override
    protected HubWeights weights() {
        return settings.weights();
    }

    @Override
    protected boolean readsTexts() {
        return true;
    }

    @Override
    public Map<String, String> modelFacts() {
        Map<String, String> facts = super.modelFacts();
        facts.put("adapters", "LoRA of rank 32; or trained=series, parallel or prefix");
        facts.put(
                "base",
                "in the type of its file, bfloat16 or float16, in which its layers multiply too; the original has float16, and int8 for series adapters");
        if (hasModel()) {
            facts.putAll(new LlamaCost(
                            weights(), RECIPE.adapters(this).orElseThrow(), AnsweringModel.AT_ONCE * settings.beams())
                    .facts());
        }
        return facts;
    }

    @Override
    protected OpenWorld open(NDManager manager, Commonsense data, String domain, long seed) throws IOException {
        Map<String, List<CommonsenseItem>> tests = new LinkedHashMap<>();
        for (CommonsenseSet set : CommonsenseSet.values()) {
            tests.put(set.word(), chosen().tested(data.test(set), set.word()));
        }
        return new OpenCommonsense(
                manager,
                AnsweringModel.open(manager, settings),
                new OpenCommonsense.Questions(
                        chosen().trained(data.training(seed), name()), data.validation(seed), tests),
                settings);
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("profile", profile().word() + ": " + summary());
        facts.put("source", CommonsenseFiles.SOURCE);
        facts.put(
                "layout", "commonsense_170k.json, or ft-training_set/commonsense_170k.json, and dataset/SET/test.json");
        facts.put("sets", String.join(", ", CommonsenseSet.words()));
        facts.put("trained on", MIXTURE + ": all of the training file but 120 questions held out by the seed");
        facts.put("looked for in", root().toString());
        Found<Commonsense> found = found();
        facts.put("lacking", found.words());
        Commonsense data = found.data();
        if (data != null) {
            facts.put(
                    "questions",
                    String.format(
                            Locale.ROOT,
                            "%,d to train on, %,d held out for validation; to test on: %s",
                            chosen().trained(data.training(0), name()).size(),
                            data.validation(0).size(),
                            java.util.Arrays.stream(CommonsenseSet.values())
                                    .map(set -> String.format(
                                            Locale.ROOT,
                                            "%s %,d",
                                            set.word(),
                                            chosen().tested(data.test(set), set.word())
                                                    .size()))
                                    .collect(Collectors.joining(", "))));
            facts.put("checksum", data.checksum());
        }
        return facts;
    }

    @Override
    public DataCheck checkData(IntConsumer progress) {
        if (!Files.isDirectory(root())) {
            data(); // says what is lacking
        }
        CommonsenseCheck check = CommonsenseCheck.of(root(), progress);
        return new DataCheck(check.facts(), check.isComplete());
    }
}

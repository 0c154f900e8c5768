package org.spdbook.experiment.vqa;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.spdbook.data.vqa.Vqa;
import org.spdbook.data.vqa.VqaCheck;
import org.spdbook.data.vqa.VqaFiles;
import org.spdbook.data.vqa.VqaItem;
import org.spdbook.data.vqa.VqaSet;
import org.spdbook.data.vqa.VqaTraining;
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
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.BottleneckConfig;
import org.spdbook.peft.LoraConfig;
import org.spdbook.train.Schedule;

/**
 * LoRA of PaliGemma trained on VQAv2 and tested on it and nine shifted sets, as the paper's authors do it: ten epochs, batches of 256 in parts of 16,
 * rate 1e-3 after a warm-up of 1,000 of their iterations of 128 questions, from epoch to epoch down a cosine to 1e-4. See paper.md 3.5.
 *
 * <p>Other than the original: what is trained is float32 unless {@code adapter-type} says otherwise; the table of tokens, which is the head too, is
 * read as float32; the last weights are tested, not those of the epoch that answers the validation questions best; validation questions are about
 * pictures that no other training question is about.
 */
class RealVqa extends DiskWorld<Vqa> {

    private static final int STEPS_OF_WARM_UP = 500; // 1,000 iterations of half of our batches
    private static final Recipe RECIPE = Recipe.of(10, 256, STEPS_OF_WARM_UP, Schedule.Kind.EPOCH_COSINE, 0)
            .with(Map.of(
                    "trained",
                    Trained.LORA.word(),
                    "head",
                    "excluded",
                    "floor",
                    "0.1",
                    "accumulate",
                    "16",
                    "statistics",
                    "part"))
            .with(new Adapters(8, 16, .05, 64, BottleneckConfig.Form.TANH, 10, Adapters.USUAL_TARGETS));
    private static final String TARGETS = ".*\\.(q|k|v|o)_proj";
    private static final double RATE = 1e-3;

    private static final Remembered<Vqa> READ = new Remembered<>();

    private final VqaSettings settings;

    /** A world of one profile. */
    RealVqa(Profile profile) {
        this(profile, VqaSettings.of(profile));
    }

    private RealVqa(Profile profile, VqaSettings settings) {
        super("vqa", profile, settings.all());
        this.settings = settings;
    }

    /** The LoRA of the recipe. */
    static AdapterConfig adapters() {
        Adapters sizes = RECIPE.adapters();
        return new LoraConfig(sizes.rank(), sizes.alpha(), sizes.dropout(), Pattern.compile(TARGETS));
    }

    @Override
    public String summary() {
        return "LoRA of PaliGemma learns to answer questions about pictures from "
                + (chosen().isPart() ? "a part of " : "") + "VQAv2, tested on it, six near and three far sets";
    }

    @Override
    public int table() {
        return 6;
    }

    @Override
    public List<String> domains() {
        return settings.sets().stream().map(VqaSet::word).toList();
    }

    @Override
    public List<String> trainable() {
        return List.of(VqaSet.VQAV2.word());
    }

    @Override
    public Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (VqaSet.Group group : List.of(VqaSet.Group.NEAR, VqaSet.Group.FAR)) {
            List<String> sets = settings.sets().stream()
                    .filter(set -> set.group() == group)
                    .map(VqaSet::word)
                    .toList();
            if (!sets.isEmpty()) {
                groups.put(group.name().toLowerCase(Locale.ROOT), sets);
            }
        }
        return groups;
    }

    @Override
    public String metric() {
        return "VQA accuracy";
    }

    /** That of the paper; where few questions are used, two epochs with as much shorter a warm-up. */
    @Override
    public Recipe recipe() {
        return chosen().isPart() ? RECIPE.with(Map.of("epochs", "2", "warm-up", "50")) : RECIPE;
    }

    @Override
    public double rate() {
        return RATE;
    }

    @Override
    public void check(Trained trained) {
        if (trained != Trained.LORA && trained != Trained.HEAD) {
            throw new IllegalArgumentException("vqa trains LoRA of PaliGemma, or its head, the table of its tokens;"
                    + " its other tensors are frozen in the type of their file, got trained=" + trained.word()
                    + "; choose lora or head");
        }
    }

    @Override
    public String targets(Trained kind) {
        return TARGETS;
    }

    @Override
    public World with(Map<String, String> changed) {
        return new RealVqa(profile(), new VqaSettings(chosen().with(changed)));
    }

    /** What is to be known before numbers of these settings are read. */
    @Override
    public List<String> warnings() {
        String data = settings.data() == VqaTraining.TRAIN_AND_VAL
                ? "As published, VQAv2's validation set is trained on and tested on; iv-vqa, cv-vqa, rephrasings, vqa-cp and vqa-ce are made of it, so"
                        + " that these scores are of questions or pictures seen in training. data=train trains on the training set only."
                : "";
        String prompt = settings.prompt() == VqaPrompt.ORIGINAL
                ? "As published, questions are tested as Question: ... Answer: and trained without these words. prompt=same tests as is trained."
                : "";
        return List.of(data, prompt).stream().filter(one -> !one.isEmpty()).toList();
    }

    private interface Reading<V> {
        V read() throws IOException;
    }

    private static <V> V reading(Reading<V> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Path root() {
        return Place.DATA.resolve("vqa");
    }

    @Override
    protected Vqa read() throws IOException {
        Vqa data = READ.of(new VqaFiles(root()).lists(), () -> Vqa.in(root()));
        data.require(settings.read());
        return data;
    }

    @Override
    protected String source() {
        return "see: spd data vqa --profile paper";
    }

    @Override
    protected String checksum(Vqa data) {
        return reading(() -> data.checksum(settings.read()));
    }

    @Override
    protected String model() {
        return "PaliGemma, an image tower and a decoder of language, frozen; LoRA of it is trained";
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
        facts.put("adapters", "LoRA of rank " + RECIPE.adapters().rank() + " around " + TARGETS);
        facts.put(
                "base",
                "in the type of its file, bfloat16 as published, in which its layers multiply too; the table of tokens in float32");
        if (hasModel()) {
            facts.putAll(PaliGemmaCost.of(weights()).facts());
        } else if (settings.hasUsualWeights()) { // whose sizes are known
            facts.putAll(PaliGemmaCost.of3B().facts());
        }
        return facts;
    }

    @Override
    protected OpenWorld open(NDManager manager, Vqa data, String domain, long seed) throws IOException {
        Map<String, List<VqaItem>> tests = new LinkedHashMap<>();
        for (VqaSet set : settings.sets()) {
            tests.put(set.word(), chosen().tested(data.test(set), set.word()));
        }
        var questions = new OpenVqa.Questions(
                chosen().trained(data.training(settings.data(), seed), name()),
                chosen().tested(data.validation(seed), "validation"),
                tests,
                data.findings(settings.sets()).leftOut());
        return new OpenVqa(manager, SeeingModel.open(manager, settings), questions);
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("profile", profile().word() + ": " + summary());
        facts.put(
                "layout",
                "that of FRAMES-VQA, datasets_files/SET/*.json and images/coco and so on; or each set as its authors publish it, in a folder of its name");
        facts.put("sets", String.join(", ", domains()));
        facts.put(
                "trained on",
                "VQAv2's training set but a hundredth of its pictures, held out by the seed"
                        + (settings.data() == VqaTraining.TRAIN_AND_VAL ? ", and its validation set" : ""));
        facts.put("looked for in", root().toString());
        Found<Vqa> found = found();
        facts.put("lacking", found.words());
        Vqa data = found.data();
        if (data != null) {
            facts.put("questions", reading(() -> questions(data)));
            facts.put("checksum", reading(() -> data.checksum(settings.read())));
            facts.put(
                    "left out",
                    reading(() ->
                            String.join(" | ", data.findings(settings.sets()).leftOut())));
            facts.remove("left out", "");
        }
        warnings().forEach(one -> facts.merge("warning", one, (before, other) -> before + " " + other));
        return facts;
    }

    private String questions(Vqa data) throws IOException {
        StringBuilder tests = new StringBuilder();
        for (VqaSet set : settings.sets()) {
            tests.append(String.format(
                    Locale.ROOT,
                    "%s%s %,d",
                    tests.length() == 0 ? "" : ", ",
                    set.word(),
                    chosen().tested(data.test(set), set.word()).size()));
        }
        return String.format(
                Locale.ROOT,
                "%,d to train on, %,d for validation; to test on: %s",
                chosen().trained(data.training(settings.data(), 0), name()).size(),
                chosen().tested(data.validation(0), "validation").size(),
                tests);
    }

    @Override
    public DataCheck checkData(IntConsumer progress) {
        if (!Files.isDirectory(root())) {
            data(); // says what is lacking
        }
        VqaCheck check = VqaCheck.of(root(), VqaCheck.Pictures.DECODE, progress);
        return new DataCheck(check.facts(), check.isComplete());
    }
}

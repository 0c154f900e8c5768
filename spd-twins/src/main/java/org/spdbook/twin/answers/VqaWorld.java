package org.spdbook.twin.answers;

import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Adapters;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.OpenModel;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.Trained;
import org.spdbook.experiment.World;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.OptionSpec;
import org.spdbook.peft.BottleneckConfig;
import org.spdbook.torch.Torch;
import org.spdbook.train.Schedule;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.weights.Checksum;

/**
 * Table 6 in small: LoRA in a vision-language model that knows what it sees, but not in which of two styles to answer, learns that from 256 questions
 * about pictures, a fifth of them with a wrong answer, and is tested on nine other sets. Ten epochs of batches of 16, 9 warm-up steps, linear to 0, no
 * clipping, the head left as it is; see twins.md 4. Thread-safe.
 */
public final class VqaWorld implements World {

    static final int EPOCHS = 10;
    static final int BATCH = 16;
    static final int WARM_UP = 9;

    private static final String TRAINING = "training accuracy";
    private static final Recipe RECIPE = Recipe.of(EPOCHS, BATCH, WARM_UP, Schedule.Kind.LINEAR, 0)
            .with(Map.of("trained", Trained.LORA.word(), "head", "excluded"))
            .with(new Adapters(8, 16, 0, 32, BottleneckConfig.Form.RELU, 10, Adapters.USUAL_TARGETS));
    private static final ShippedWeights WEIGHTS = new ShippedWeights(
            VqaWorld.class,
            String.format(
                    Locale.ROOT,
                    "spd pretrain answers: %,d steps on pictures and questions",
                    AnswersPretraining.STEPS));

    private final ShippedWeights weights;
    private final VqaItems items;
    private final Map<ShippedWeights, World> others = new ConcurrentHashMap<>();
    private @Nullable String fingerprint;

    /** On the pre-training of all tables. */
    public VqaWorld() {
        this(WEIGHTS);
    }

    private VqaWorld(ShippedWeights weights) {
        this.weights = weights;
        this.items = new VqaItems(weights);
    }

    @Override
    public List<OptionSpec> settings() {
        return List.of(weights.setting());
    }

    @Override
    public World with(Map<String, String> settings) {
        World.super.with(settings);
        ShippedWeights chosen = weights.chosen(settings);
        return chosen.equals(weights) ? this : others.computeIfAbsent(chosen, other -> new VqaWorld(other));
    }

    @Override
    public String name() {
        return "vqa";
    }

    @Override
    public int table() {
        return 6;
    }

    @Override
    public String summary() {
        return "Table 6 in small: questions about pictures answered in one of two styles, tested near to the training and far from it";
    }

    @Override
    public List<String> domains() {
        return AnswersSet.words();
    }

    @Override
    public List<String> trainable() {
        return List.of(AnswersSet.VQAV2.word());
    }

    @Override
    public Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("near", AnswersSet.words(AnswersSet.Distance.NEAR));
        groups.put("far", AnswersSet.words(AnswersSet.Distance.FAR));
        return groups;
    }

    @Override
    public List<String> kinds(String set) {
        return items.test(AnswersSet.of(set)).stream()
                .map(item -> item.topic().kind())
                .toList();
    }

    @Override
    public String kindsOf() {
        return AnswersSet.VQAV2.word();
    }

    @Override
    public boolean testsAllSeedsAlike() {
        return true;
    }

    @Override
    public Recipe recipe() {
        return RECIPE;
    }

    @Override
    public double rate() {
        return 1e-3;
    }

    @Override
    public void check(Trained trained) {
        if (trained == Trained.PREFIX) {
            throw new IllegalArgumentException("trained=prefix puts tokens before a text, and that of " + name()
                    + " begins with a picture; choose lora, series or parallel");
        }
    }

    @Override
    public String targets(Trained kind) {
        return kind == Trained.LORA ? "lm\\..*\\.(q|k|v|up|down)_proj" : "lm\\..*\\.mlp";
    }

    @Override
    public synchronized String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            String parts = Checksum.of(weights.bytes())
                    + Checksum.of(text(AnswersSet.training(0)))
                    + Arrays.stream(AnswersSet.values())
                            .map(set -> Checksum.of(text(items.test(set))))
                            .collect(Collectors.joining())
                    + Checksum.of(items.test(AnswersSet.VIZWIZ)
                            .get(0)
                            .drawing()
                            .picture()
                            .values());
            known = Checksum.of(parts.getBytes(StandardCharsets.US_ASCII));
            fingerprint = known;
        }
        return known;
    }

    /** Whatever tells questions and pictures apart; no number with a point, which not every JDK writes alike. */
    private static byte[] text(List<Item> items) {
        return items.stream()
                .map(item -> Arrays.toString(item.ids())
                        + item.answerId()
                        + item.drawing().scene().things()
                        + item.drawing().shifts()
                        + item.drawing().noise())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        List<Item> training = AnswersSet.training(0);
        facts.put(
                "pictures", "32 x 32 pixels with two to four things of six shapes and six colours, some with a digit");
        facts.put(
                "training",
                training.size()
                        + " questions, drawn by the seed: most shapes have a colour of their own, four fifths of"
                        + " what is asked for is there, and a fifth of the answers is wrong");
        facts.put("validation", AnswersSet.validation(0).size() + " more, as wrong");
        for (AnswersSet set : AnswersSet.values()) {
            facts.put(set.word(), items.test(set).size() + " questions: " + set.about());
        }
        Item first = items.test(AnswersSet.VQAV2).get(0);
        facts.put("an example", first.manner().prefix() + " " + first.question() + " -> " + first.answer());
        facts.put("fingerprint", fingerprint());
        return facts;
    }

    @Override
    public Map<String, String> modelFacts() {
        var config = AnswersModel.config(true);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", "vision transformer and LLaMA, which reads picture and question at once");
        facts.put("input", "32 x 32 x 3, tokens of 8 x 8 pixels");
        facts.put("words", Integer.toString(config.vocabulary()));
        facts.put("width, blocks, heads", config.width() + ", " + config.depth() + ", " + config.heads());
        facts.put("pre-trained by", weights.madeBy());
        try (NDManager manager = Torch.newManager();
                Parameters parameters = parameters(manager)) {
            facts.put("parameters", parameters.size());
        }
        facts.put("head", "begins as the table of the words, and is trained where that is asked for");
        facts.put("adapters", "LoRA of rank 8 in the language model; or trained=series, parallel");
        return facts;
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        Known.require("domain", domain, trainable());
        return OpenTwin.of(manager -> twin(manager, seed), domain, domains());
    }

    private OpenTwin.Twin twin(NDManager manager, long seed) {
        Parameters parameters = parameters(manager);
        var model = new AnswersModel(parameters, manager);
        Map<String, AnswersQuestions> made = new HashMap<>(); // each looks at its pictures once
        OpenTwin.Source source = (of, part, augmented) ->
                made.computeIfAbsent(part + " " + of, any -> new AnswersQuestions(of, model, items.of(of, part, seed)));
        return new OpenTwin.Twin(
                new OpenModel.Parts(parameters, Set.of(AnswersModel.HEAD), Set.of()),
                source,
                () -> Map.of(
                        TRAINING,
                        source.of(AnswersSet.VQAV2.word(), OpenTwin.Part.TRAINING, false)
                                .outcomes()
                                .percent()),
                null);
    }

    private Parameters parameters(NDManager manager) {
        return AnswersCheckpoint.parameters(weights.tensors(manager), manager);
    }
}

package org.spdbook.twin.facts;

import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Adapters;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.OpenModel;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.Trained;
import org.spdbook.experiment.World;
import org.spdbook.model.Llama;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.OptionSpec;
import org.spdbook.peft.BottleneckConfig;
import org.spdbook.torch.Torch;
import org.spdbook.train.Schedule;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.weights.Checksum;

/**
 * Table 5 in small: adapters on a language model that knows the facts of an invented world learn to answer eight families of questions from 96 of them, and are tested
 * on other questions, other entities and another wording. Forty epochs of batches of 16, 14 warm-up steps, linear to 0, no clipping; see twins.md 3. Thread-safe.
 */
public final class CommonsenseWorld implements World {

    private static final String TRAINING = "training accuracy";
    private static final String FRACTION = "fraction";
    private static final String ID = "id";
    private static final String HELD = "held";
    private static final String WORD = "word";
    private static final String BOTH = "both";

    private static final Recipe RECIPE = Recipe.of(40, 16, 14, Schedule.Kind.LINEAR, 0)
            .with(Map.of("trained", Trained.LORA.word()))
            .with(new Adapters(8, 16, 0, 32, BottleneckConfig.Form.RELU, 10, Adapters.USUAL_TARGETS));
    private static final ShippedWeights WEIGHTS = new ShippedWeights(
            CommonsenseWorld.class,
            String.format(Locale.ROOT, "spd pretrain facts: %,d steps on its corpus", FactsPretraining.STEPS));

    private final ShippedWeights weights;
    private final double fraction;
    private final Map<Variant, World> others = new ConcurrentHashMap<>();
    private @Nullable String fingerprint;

    private record Variant(ShippedWeights weights, double fraction) {}

    /** What all variants ask about. Its words are found in thousands of texts, so it is made when first asked for. */
    private static final class Invented {

        static final Encyclopedia FACTS = Encyclopedia.create();
        static final Vocabulary VOCABULARY = Vocabulary.of(FACTS);
        static final FactsItems ITEMS = new FactsItems(FACTS);

        private Invented() {}
    }

    private static FactsItems items() {
        return Invented.ITEMS;
    }

    private static Vocabulary vocabulary() {
        return Invented.VOCABULARY;
    }

    /** On the pre-training of all tables, with all questions. */
    public CommonsenseWorld() {
        this(WEIGHTS, 1);
    }

    private CommonsenseWorld(ShippedWeights weights, double fraction) {
        this.weights = weights;
        this.fraction = fraction;
    }

    @Override
    public List<OptionSpec> settings() {
        return List.of(
                weights.setting(),
                OptionSpec.number(
                        FRACTION,
                        fraction,
                        "share of the training questions of each family that is used, at least one; in as many steps"));
    }

    @Override
    public World with(Map<String, String> settings) {
        World.super.with(settings);
        ShippedWeights chosen = weights.chosen(settings);
        double share = fraction(settings.getOrDefault(FRACTION, Double.toString(fraction)));
        return chosen.equals(weights) && share == fraction
                ? this
                : others.computeIfAbsent(new Variant(chosen, share), other -> new CommonsenseWorld(chosen, share));
    }

    private static double fraction(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of its range is
        }
        throw new IllegalArgumentException(FRACTION
                + " is a share of the training questions above 0 and at most 1, got " + text + "; such as 0.25");
    }

    @Override
    public String name() {
        return "commonsense";
    }

    @Override
    public int table() {
        return 5;
    }

    @Override
    public String summary() {
        return "Table 5 in small: adapters learn eight kinds of questions about an invented world, tested on other entities and words";
    }

    @Override
    public List<String> domains() {
        return List.of(ID, HELD, WORD, BOTH);
    }

    @Override
    public List<String> trainable() {
        return List.of(ID);
    }

    @Override
    public List<String> kinds(String set) {
        return questions(Known.require("test set", set, domains()), OpenTwin.Part.TEST, items().training(0)).stream()
                .map(question -> question.family().word())
                .toList();
    }

    @Override
    public String kindsOf() {
        return HELD;
    }

    /** Those of {@code id} nearly: what a training asks is left out, and what follows moves up. */
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
        return 3e-3;
    }

    @Override
    public String targets(Trained kind) {
        return kind == Trained.LORA ? ".*\\.(q|k|v|up|down)_proj" : ".*\\.mlp";
    }

    @Override
    public synchronized String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            String questions = Stream.of(items().training(0), items().held(), items().word(), items().both())
                    .flatMap(List::stream)
                    .map(question -> question.prompt() + " " + question.answer())
                    .collect(Collectors.joining("\n"));
            String parts = Checksum.of(weights.bytes())
                    + Checksum.of(questions.getBytes(StandardCharsets.UTF_8))
                    + Checksum.of(String.join(" ", vocabulary().words()).getBytes(StandardCharsets.UTF_8));
            known = Checksum.of(parts.getBytes(StandardCharsets.US_ASCII));
            fingerprint = known;
        }
        return known;
    }

    @Override
    public Map<String, String> dataFacts() {
        List<Question> training = items().training(0);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("families", Family.all().stream().map(Family::word).collect(Collectors.joining(", ")));
        facts.put(
                "training",
                training.size() + " questions about half of the entities, 12 of each family, drawn by the seed");
        facts.put(
                "validation",
                items().validation(training).size()
                        + " questions about the same entities; some ask the same with other options");
        facts.put(
                ID,
                items().id(training).size()
                        + " questions about the same entities; some ask the same with other options");
        facts.put(HELD, items().held().size() + " questions about the other half of the entities");
        facts.put(WORD, items().word().size() + " questions about the entities of the training, worded otherwise");
        facts.put(BOTH, items().both().size() + " questions about the other entities, worded otherwise");
        facts.put("retention", "the loss on 256 other documents of the pre-training, in nats per word");
        facts.put(
                "an example",
                training.get(0).prompt() + " -> " + training.get(0).answer());
        facts.put("fingerprint", fingerprint());
        return facts;
    }

    @Override
    public Map<String, String> modelFacts() {
        var config = FactsModel.config(vocabulary());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", "LLaMA, whose head is the table of its words");
        facts.put("words", String.format(Locale.ROOT, "%,d", config.vocabulary()));
        facts.put("width, blocks, heads", config.width() + ", " + config.depth() + ", " + config.heads());
        facts.put("pre-trained by", weights.madeBy());
        try (NDManager manager = Torch.newManager();
                Parameters parameters = parameters(manager)) {
            facts.put("parameters", parameters.size());
        }
        facts.put("adapters", "LoRA of rank 8; or trained=series, parallel, prefix, or all for its own tensors");
        return facts;
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        Known.require("domain", domain, trainable());
        return OpenTwin.of(manager -> twin(manager, seed), domain, domains());
    }

    private OpenTwin.Twin twin(NDManager manager, long seed) {
        Parameters parameters = parameters(manager);
        var model = new FactsModel(parameters, vocabulary(), manager);
        List<Question> training = items().training(seed);
        return new OpenTwin.Twin(
                new OpenModel.Parts(parameters, Set.of(), Set.of()),
                (of, part, augmented) -> new FactsQuestions(of, model, questions(of, part, training)),
                () -> measures(model, training),
                new FactsTexts(model, () -> items().id(training)));
    }

    /**
     * The pre-trained language model by itself, for code of one's own.
     *
     * @param owner of the tensors; the caller closes the model before it
     */
    public Llama model(NDManager owner) {
        return new FactsModel(parameters(owner), vocabulary(), owner).llama();
    }

    /**
     * Ids of a text as that model reads it, with the mark of the beginning before them.
     *
     * @param text words and marks of the world, kept apart by spaces
     * @throws IllegalArgumentException if a word is unknown
     */
    public long[] ids(String text) {
        return vocabulary().encodeFromBegin(text);
    }

    private Parameters parameters(NDManager manager) {
        var parameters = new Parameters(manager);
        weights.tensors(manager).forEach(parameters::add);
        return parameters;
    }

    private List<Question> questions(String domain, OpenTwin.Part part, List<Question> training) {
        return switch (part) {
            case TRAINING -> FactsItems.repeated(training, fraction);
            case VALIDATION -> items().validation(training);
            case TEST ->
                switch (domain) {
                    case ID -> items().id(training);
                    case HELD -> items().held();
                    case WORD -> items().word();
                    default -> items().both();
                };
        };
    }

    private Map<String, Double> measures(FactsModel model, List<Question> training) {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(
                TRAINING,
                new FactsQuestions(TRAINING, model, FactsItems.repeated(training, fraction))
                        .outcomes()
                        .percent());
        measures.put(OpenWorld.RETENTION, retention(model, new Corpus(Invented.FACTS)));
        return measures;
    }

    /** Mean loss on documents of the pre-training that it has not seen, in nats per word. */
    static double retention(FactsModel model, Corpus corpus) {
        return model.textLoss(corpus.retention().stream()
                .map(model.vocabulary()::encodeFromBegin)
                .toList());
    }
}

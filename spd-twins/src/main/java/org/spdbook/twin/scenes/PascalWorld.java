package org.spdbook.twin.scenes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.OpenModel;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.nn.Adapter;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.twin.drawing.ShapeClass;
import org.spdbook.weights.Checksum;

/**
 * Table 4 in small: a pre-trained encoder with a new head learns to tell the pixels of clean scenes apart, and is tested on corrupted
 * ones. Fifteen epochs of batches of 16, cosine schedule with 10 warm-up steps, no clipping; the head is trained without decay; see
 * twins.md 2. Thread-safe.
 */
public final class PascalWorld implements World {

    private static final Recipe RECIPE =
            Recipe.of(15, 16, 10, Schedule.Kind.COSINE, 0).with(Map.of("head", "free"));
    private static final ShippedWeights WEIGHTS = new ShippedWeights(
            PascalWorld.class,
            String.format(Locale.ROOT, "spd pretrain scenes: %,d steps on other scenes", ScenesPretraining.STEPS));
    private static final double HEAD_DEVIATION = 0.02;

    /** Width of the tokens over that of the adapters' bottlenecks. */
    private static final int ADAPTER_RATIO = 8;

    private final boolean adapted;
    private @Nullable String fingerprint;

    /** Without adapters. */
    public PascalWorld() {
        this(false);
    }

    private PascalWorld(boolean adapted) {
        this.adapted = adapted;
    }

    @Override
    public World adapted() {
        return new PascalWorld(true);
    }

    @Override
    public String name() {
        return "pascal";
    }

    @Override
    public int table() {
        return 4;
    }

    @Override
    public String summary() {
        return "Table 4 in small: pixels of clean scenes told apart, tested under four corruptions";
    }

    @Override
    public List<String> domains() {
        return SceneCorruption.words();
    }

    @Override
    public List<String> trainable() {
        return List.of(SceneCorruption.CLEAN.word());
    }

    @Override
    public boolean testsAllSeedsAlike() {
        return true;
    }

    @Override
    public String untrained() {
        return "new head";
    }

    @Override
    public String metric() {
        return "mean IoU";
    }

    @Override
    public List<String> classes() {
        return Stream.concat(
                        Stream.of("background"),
                        Scene.Kind.target().classes().stream().map(ShapeClass::word))
                .toList();
    }

    @Override
    public Recipe recipe() {
        return RECIPE;
    }

    @Override
    public double rate() {
        return 4e-3;
    }

    @Override
    public synchronized String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            String parts = Checksum.of(WEIGHTS.bytes()) + Checksum.of(ScenesData.sample());
            known = Checksum.of(parts.getBytes(StandardCharsets.US_ASCII));
            fingerprint = known;
        }
        return known;
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("domains", String.join(", ", domains()) + "; trained on clean only");
        facts.put("classes", classes().size() + ": " + String.join(", ", classes()));
        facts.put("training", ScenesData.TRAINING + " clean scenes of 32 x 32 pixels, drawn by the seed");
        facts.put("validation", ScenesData.VALIDATION + " clean scenes, drawn by the seed");
        facts.put("test", ScenesData.TEST + " scenes, the same for every seed and under every corruption");
        facts.put("score", "mean intersection over union of the classes with background, over all pixels, in percent");
        facts.put("fingerprint", fingerprint());
        return facts;
    }

    @Override
    public Map<String, String> modelFacts() {
        SceneNetConfig config = config();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "kind", "vision transformer behind two convolutions, with a linear head for the pixels of each token");
        facts.put("input", "32 x 32 x 4, tokens of 8 x 8 pixels");
        facts.put("width, blocks, heads", config.width() + ", " + config.depth() + ", " + config.heads());
        facts.put("pre-trained by", WEIGHTS.provenance() + ", seed 0");
        try (NDManager manager = Torch.newManager()) {
            Parameters parameters = parameters(manager, 0);
            facts.put("parameters", parameters.size());
        }
        facts.put("head", "new: normal with s.d. 0.02 by the seed; it counts for no deviation and is not pulled back");
        return facts;
    }

    @Override
    public OpenWorld open(String domain, long seed) {
        Known.require("domain", domain, trainable());
        return OpenTwin.of(manager -> twin(manager, seed, adapted), domain, domains());
    }

    private static SceneNetConfig config() {
        return SceneNetConfig.of(Scene.Kind.target().labels());
    }

    private static OpenTwin.Twin twin(NDManager manager, long seed, boolean adapted) {
        Parameters parameters = parameters(manager, seed);
        if (adapted) {
            addAdapters(parameters, manager, seed);
        }
        var model = new SceneNet(config(), parameters);
        var net = new Segmentation.Net(model, parameters, config().labels(), manager);
        return new OpenTwin.Twin(
                new OpenModel.Parts(
                        parameters,
                        SceneNet.head(),
                        Stream.concat(SceneNet.head().stream(), Adapter.names(parameters).stream())
                                .collect(Collectors.toUnmodifiableSet())),
                (of, part, augmented) -> new Segmentation(
                        of,
                        net,
                        ScenesData.examples(SceneCorruption.valueOf(of.toUpperCase(Locale.ROOT)), part, seed),
                        augmented));
    }

    private static void addAdapters(Parameters parameters, NDManager manager, long seed) {
        RandomStream random = new Seeds(seed).stream("fresh adapters", 0, 0);
        SceneNetConfig config = config();
        for (int block = 0; block < config.depth(); block++) {
            Adapter.add(
                    parameters,
                    manager,
                    "v.blocks." + block,
                    Adapter.Size.reduced(config.width(), ADAPTER_RATIO),
                    random::nextGaussian);
        }
    }

    /** The pre-trained encoder with a new head. */
    private static Parameters parameters(NDManager manager, long seed) {
        var parameters = new Parameters(manager);
        Map<String, NDArray> encoder = WEIGHTS.tensors(manager);
        RandomStream random = new Seeds(seed).stream("fresh head", 0, 0);
        SceneNet.shapes(config()).forEach((name, shape) -> {
            NDArray known = encoder.get(name);
            parameters.add(name, known != null ? known : manager.create(fresh(name, shape, random), shape));
        });
        return parameters;
    }

    private static float[] fresh(String name, Shape shape, RandomStream random) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length && name.endsWith(".weight"); i++) {
            values[i] = (float) (HEAD_DEVIATION * random.nextGaussian());
        }
        return values;
    }
}

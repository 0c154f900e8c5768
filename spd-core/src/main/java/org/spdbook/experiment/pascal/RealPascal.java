package org.spdbook.experiment.pascal;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.spdbook.data.Corruption;
import org.spdbook.data.Normalization;
import org.spdbook.data.PascalVoc;
import org.spdbook.data.SegmentationTransform;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.experiment.disk.Place;
import org.spdbook.experiment.photo.MaskReader;
import org.spdbook.experiment.photo.PhotoCheck;
import org.spdbook.experiment.photo.PhotoPart;
import org.spdbook.experiment.photo.PhotoSettings;
import org.spdbook.experiment.photo.PhotoWorld;
import org.spdbook.experiment.photo.SwinStart;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Schedule;

/**
 * Swin-Tiny with SegFormer's decoder fine-tuned on PASCAL's segmentation and tested under four corruptions, after the pipeline in paper.md
 * 3.3: squares of 512 pixels, batches of 12, rate 1e-4, 60 epochs, poly schedule. A corrupted test set has every picture at all five severities, whose
 * pixels are counted together. The decoder is new: it is trained without decay and counts for no deviation.
 */
class RealPascal extends PhotoWorld<PascalVoc> {

    private static final Recipe RECIPE =
            Recipe.of(60, 12, 0, Schedule.Kind.POLY, 0).with(Map.of("head", "free"));
    private static final double RATE = 1e-4;
    private static final String CLEAN = "clean";
    private static final String SIZE = "size";
    private static final HubWeights WEIGHTS =
            new HubWeights("timm/swin_tiny_patch4_window7_224.ms_in22k", "Swin-Tiny, pre-trained on ImageNet-21K");

    private final boolean adapted;

    /** A world of one profile. */
    RealPascal(Profile profile) {
        this(profile, new DiskSettings(options(profile)), false);
    }

    private RealPascal(Profile profile, DiskSettings settings, boolean adapted) {
        super("pascal", profile, settings);
        this.adapted = adapted;
        PhotoPart.of(settings, PascalVoc.CLASSES.size(), "PASCAL");
        if (size() < Integer.SIZE) {
            throw new IllegalArgumentException(SIZE + " is at least 32 pixels, got " + size());
        }
    }

    private static List<OptionSpec> options(Profile profile) {
        List<OptionSpec> options = new ArrayList<>();
        if (profile == Profile.PILOT) {
            PhotoSettings.part(PascalVoc.CLASSES.size()).stream()
                    .filter(option -> !option.name().equals(PhotoSettings.CLASSES))
                    .forEach(options::add);
        }
        options.add(OptionSpec.pattern(SIZE, "512", "side of the pictures, in pixels", List.of()));
        options.addAll(SwinStart.options());
        return options;
    }

    private int size() {
        return chosen().whole(SIZE, 0);
    }

    @Override
    public String summary() {
        return "Swin-Tiny on " + (chosen().has(DiskSettings.FRACTION) ? "a part of " : "")
                + "PASCAL's segmentation, tested under four corruptions";
    }

    @Override
    public int table() {
        return 4;
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
        return PascalVoc.CLASSES;
    }

    @Override
    public List<String> domains() {
        return Stream.concat(Stream.of(CLEAN), Corruption.words().stream()).toList();
    }

    @Override
    public List<String> trainable() {
        return List.of(CLEAN);
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
    public World with(Map<String, String> changed) {
        return new RealPascal(profile(), chosen().with(changed), adapted);
    }

    @Override
    public World adapted() {
        return new RealPascal(profile(), chosen(), true);
    }

    private static Path root() {
        return Place.DATA.resolve("pascal");
    }

    @Override
    protected PascalVoc read() throws IOException {
        return PascalVoc.in(root());
    }

    @Override
    protected String source() {
        return "see: spd data pascal --profile paper";
    }

    @Override
    protected String checksum(PascalVoc data) {
        return data.checksum();
    }

    @Override
    protected String model() {
        return "Swin transformer, its stages normalised, with the decoder of SegFormer";
    }

    @Override
    protected HubWeights weights() {
        return WEIGHTS;
    }

    @Override
    protected OpenWorld open(NDManager manager, PascalVoc data, String domain, long seed) throws IOException {
        PhotoPart part = PhotoPart.of(chosen(), PascalVoc.CLASSES.size(), "PASCAL");
        var transform = new SegmentationTransform(size(), Normalization.IMAGENET);
        Map<String, MaskReader> tests = new LinkedHashMap<>();
        List<String> names = part.some(data.test(), "test");
        tests.put(CLEAN, new MaskReader(data, names, transform, null));
        for (Corruption corruption : Corruption.values()) {
            tests.put(corruption.word(), new MaskReader(data, names, transform, corruption));
        }
        return opened(
                manager,
                owner -> new SwinStart(WEIGHTS, PascalVoc.CLASSES.size(), adapted).open(owner, chosen(), seed),
                new MaskReader(data, part.some(data.training(seed), "training"), transform, null),
                new MaskReader(data, part.some(data.validation(seed), "validation"), transform, null),
                tests);
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("profile", profile().word() + ": " + summary());
        facts.put("source", "PASCAL_MT.tgz of the multi-task release (SimonVandenhende/Multi-Task-Learning-PyTorch)");
        facts.put(
                "layout",
                "ImageSets/Context/{train,val}.txt, JPEGImages/ID.jpg, semseg/VOC12/ID.png with values 0 to 20 and 255");
        facts.put("classes", PascalVoc.CLASSES.size() + ": " + String.join(", ", PascalVoc.CLASSES));
        facts.put(
                "to arrange",
                "tar -xf PASCAL_MT.tgz, and name its folder pascal; no login; see the licence of PASCAL VOC");
        facts.put("looked for in", root().toString());
        Found<PascalVoc> found = found();
        facts.put("lacking", found.words());
        PascalVoc data = found.data();
        if (data != null) {
            facts.put(
                    "pictures",
                    String.format(
                            Locale.ROOT,
                            "%,d to train on, %,d held out for validation, %,d to test on",
                            data.training(0).size(),
                            data.validation(0).size(),
                            data.test().size()));
            facts.put("checksum of the lists", data.checksum());
        }
        return facts;
    }

    @Override
    public DataCheck checkData(IntConsumer progress) {
        PascalVoc data = data();
        List<String> all = Stream.of(data.training(0), data.validation(0), data.test())
                .flatMap(List::stream)
                .toList();
        return PhotoCheck.of(all.size(), i -> data.pair(all.get(i)), progress);
    }
}

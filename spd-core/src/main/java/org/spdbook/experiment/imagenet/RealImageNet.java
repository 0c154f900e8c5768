package org.spdbook.experiment.imagenet;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.spdbook.data.ImageFile;
import org.spdbook.data.ImageNet;
import org.spdbook.data.ImageTransform;
import org.spdbook.data.LabelledFile;
import org.spdbook.data.Normalization;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.PackProgress;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.experiment.disk.Place;
import org.spdbook.experiment.photo.ClassReader;
import org.spdbook.experiment.photo.ClipStart;
import org.spdbook.experiment.photo.PackMarker;
import org.spdbook.experiment.photo.PhotoAugmentation;
import org.spdbook.experiment.photo.PhotoCheck;
import org.spdbook.experiment.photo.PhotoPack;
import org.spdbook.experiment.photo.PhotoPart;
import org.spdbook.experiment.photo.PhotoSettings;
import org.spdbook.experiment.photo.PhotoWorld;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Cancel;
import org.spdbook.train.Schedule;

/**
 * CLIP ViT-B/16 fine-tuned on ImageNet from its zero-shot head and tested on four shifts of it, after the run file in paper.md 3.2: batches of
 * 512, rate 2e-5, five epochs of warm-up, cosine schedule down to half the rate, label smoothing 0.1, RandAugment, mixup, cutmix, drop path
 * 0.2, ImageNet's normalisation, the middle of the whole picture for testing. The rate changes with each step, there with each epoch; its
 * warm-up is a factor that rises from 0, there it rises from 1e-6 to the whole rate. The pilot, too short for them, trains without
 * RandAugment, mixup, cutmix and drop path.
 */
class RealImageNet extends PhotoWorld<ImageNet> {

    private static final int WARM_UP = 12_510; // five epochs
    private static final Recipe RECIPE =
            Recipe.of(30, 512, WARM_UP, Schedule.Kind.COSINE, 0).with(Map.of("floor", "0.5"));
    private static final Recipe PILOT = Recipe.of(10, 256, 100, Schedule.Kind.COSINE, 0);
    private static final double RATE = 2e-5;
    private static final HubWeights WEIGHTS = new HubWeights("openai/clip-vit-base-patch16", "CLIP ViT-B/16");
    private static final String SCORED = "scored";
    private static final String SUBSET = "subset";
    private static final List<ImageNet.Part> TESTS =
            List.of(ImageNet.Part.VAL, ImageNet.Part.V2, ImageNet.Part.A, ImageNet.Part.R, ImageNet.Part.SKETCH);

    /** A world of one profile. */
    RealImageNet(Profile profile) {
        this(profile, new DiskSettings(options(profile)));
    }

    private RealImageNet(Profile profile, DiskSettings settings) {
        super("imagenet", profile, settings);
        PhotoPart.of(settings, ImageNet.CLASSES, "ImageNet");
        augmentation();
    }

    private Normalization normalization() {
        return Normalization.of(chosen().word(PhotoSettings.NORMALIZATION));
    }

    private PhotoAugmentation augmentation() {
        return PhotoAugmentation.of(chosen(), normalization());
    }

    private static List<OptionSpec> options(Profile profile) {
        List<OptionSpec> options =
                new ArrayList<>(profile == Profile.PILOT ? PhotoSettings.part(ImageNet.CLASSES) : List.of());
        options.add(OptionSpec.choice(
                PhotoSettings.NORMALIZATION,
                Normalization.IMAGENET.word(),
                "mean and deviation of the pictures",
                Normalization.words()));
        options.add(OptionSpec.choice(
                SCORED,
                "all",
                "classes that a and r are scored over: all 1,000, as in the paper, or the 200 that they have",
                List.of("all", SUBSET)));
        options.addAll(ClipStart.options(.1));
        boolean on = profile == Profile.PAPER;
        options.add(ClipStart.dropPath(on ? .2 : 0));
        options.addAll(PhotoAugmentation.options(on));
        return options;
    }

    @Override
    public String summary() {
        return "CLIP ViT-B/16 on " + (chosen().has(DiskSettings.FRACTION) ? "a part of " : "")
                + "ImageNet, tested on V2, A, R and Sketch";
    }

    @Override
    public int table() {
        return 3;
    }

    @Override
    public List<String> domains() {
        return TESTS.stream().map(ImageNet.Part::word).toList();
    }

    @Override
    public List<String> trainable() {
        return List.of(ImageNet.Part.VAL.word());
    }

    @Override
    public Recipe recipe() {
        return profile() == Profile.PAPER ? RECIPE : PILOT;
    }

    @Override
    public double rate() {
        return RATE;
    }

    @Override
    public World with(Map<String, String> changed) {
        return new RealImageNet(profile(), chosen().with(changed));
    }

    /** How the pictures were packed; empty if they are the originals. */
    private static Optional<PackMarker> packed() {
        try {
            return PackMarker.in(root());
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Path root() {
        return Place.DATA.resolve(".");
    }

    @Override
    protected ImageNet read() throws IOException {
        Optional<PackMarker> packed = PackMarker.in(root());
        if (packed.isPresent() && !packed.get().complete()) {
            throw new IOException("the copies of ImageNet in " + root() + " are not finished; go on with --pack "
                    + packed.get().shortSide() + " --to that folder");
        }
        return ImageNet.in(root());
    }

    @Override
    protected String source() {
        return "see: spd data imagenet --profile paper";
    }

    @Override
    protected String checksum(ImageNet data) {
        return data.checksum() + packed().map(PackMarker::toString).orElse("");
    }

    @Override
    protected String model() {
        return "CLIP ViT-B/16, image tower with a linear head on embeddings of unit length";
    }

    @Override
    protected HubWeights weights() {
        return WEIGHTS;
    }

    @Override
    protected OpenWorld open(NDManager manager, ImageNet data, String domain, long seed) throws IOException {
        PhotoPart part = PhotoPart.of(chosen(), data.classes().size(), "ImageNet");
        List<String> classes = data.classes().subList(0, part.classes());
        ClassTexts texts = chosen().word("classifier").equals("new")
                ? new ClassTexts(classes, List.of("{}"))
                : ClassTexts.in(root(), classes);
        var clip = new ClipStart(WEIGHTS, texts.names(), texts.templates());
        var transform = ImageTransform.imageNet(clip.side(), normalization())
                .with(augmentation().randAugment());
        Map<String, ClassReader> tests = new LinkedHashMap<>();
        Map<String, SortedSet<Integer>> subsets = new LinkedHashMap<>();
        for (ImageNet.Part test : TESTS) {
            tests.put(test.word(), reader(data, part.of(data.files(test), test.word()), transform));
            boolean some = test == ImageNet.Part.A || test == ImageNet.Part.R;
            if (some && chosen().word(SCORED).equals(SUBSET)) {
                subsets.put(test.word(), data.labels(test).headSet(part.classes()));
            }
        }
        return opened(
                manager,
                owner -> clip.open(owner, chosen(), seed, subsets),
                reader(data, part.of(data.training(seed), "training"), transform),
                reader(data, part.of(data.validation(seed), "validation"), transform),
                tests);
    }

    private ClassReader reader(ImageNet data, List<LabelledFile> files, ImageTransform transform) {
        return new ClassReader(
                files,
                file -> ImageFile.rgb(data.root().resolve(file.name())),
                transform,
                augmentation().mixing());
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("profile", profile().word() + ": " + summary());
        facts.put(
                "source", "image-net.org (ImageNet-1K, login, research only), the repositories of V2, A, R and Sketch");
        facts.put("size", "about 146 GB, 1.2 GB, 0.7 GB, 2.2 GB and 7 GB");
        Stream.of(ImageNet.Part.values())
                .forEach(part -> facts.put(
                        part == ImageNet.Part.TRAIN ? "layout, training" : "layout, " + part.word(),
                        part.folder() + "/" + (part == ImageNet.Part.V2 ? "0 to 999" : "n01440764 ...") + "/*.JPEG"));
        facts.put(
                "layout, names",
                ClassTexts.NAMES + " (lines such as n01440764 tench), " + ClassTexts.TEMPLATES
                        + " (lines such as a photo of a {}.)");
        facts.put(
                "to arrange",
                "unpack ILSVRC2012_img_train.tar, then the archive of each class into a folder of its name; put the pictures of"
                        + " ILSVRC2012_img_val.tar into folders by the list of their classes; unpack the archives of the"
                        + " variants beside the folder imagenet");
        facts.put("looked for in", root().toString());
        Found<ImageNet> found = found();
        facts.put("lacking", found.words());
        ImageNet data = found.data();
        if (data != null) {
            facts.put("packed", packed().map(PackMarker::words).orElse("no, these are the originals"));
            facts.put("classes", data.classes().size() + " of " + ImageNet.CLASSES);
            Stream.of(ImageNet.Part.values())
                    .forEach(part -> facts.put(
                            "pictures, " + (part == ImageNet.Part.TRAIN ? "training" : part.word()),
                            String.format(Locale.ROOT, "%,d", data.files(part).size())));
            facts.put("checksum of the names", data.checksum());
        }
        return facts;
    }

    @Override
    public DataCheck checkData(IntConsumer progress) {
        ImageNet data = data();
        List<String> all = pictures(data);
        return PhotoCheck.of(all.size(), i -> ImageFile.rgb(data.root().resolve(all.get(i))), progress);
    }

    private static List<String> pictures(ImageNet data) {
        return Stream.of(ImageNet.Part.values())
                .flatMap(part -> data.files(part).stream())
                .map(LabelledFile::name)
                .toList();
    }

    @Override
    public DataCheck packData(int shortSide, Path folder, PackProgress progress, Cancel cancel) throws IOException {
        ImageNet data = data();
        List<String> others = new ArrayList<>(List.of(ClassTexts.NAMES, ClassTexts.TEMPLATES));
        data.classes().forEach(name -> others.add(ImageNet.Part.TRAIN.folder() + "/" + name));
        return new PhotoPack(data.root(), folder, shortSide, data.checksum())
                .write(pictures(data), others, progress, cancel);
    }
}

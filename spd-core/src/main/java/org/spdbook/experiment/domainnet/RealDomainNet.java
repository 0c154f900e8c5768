package org.spdbook.experiment.domainnet;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.spdbook.data.DomainNet;
import org.spdbook.data.DomainNetRelease;
import org.spdbook.data.ImageTransform;
import org.spdbook.data.LabelledFile;
import org.spdbook.data.Normalization;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.experiment.disk.Place;
import org.spdbook.experiment.photo.ClassReader;
import org.spdbook.experiment.photo.ClipStart;
import org.spdbook.experiment.photo.PhotoSettings;
import org.spdbook.experiment.photo.PhotoWorld;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Schedule;

/**
 * CLIP ViT-B/16 fine-tuned on a domain of DomainNet and tested on all of them, as paper.md 3.1 suggests: batches of 256, cosine
 * schedule, rate 2e-5, ten epochs. Lists, pictures and weights are looked for on disk (see {@link Place}).
 */
class RealDomainNet extends PhotoWorld<DomainNet> {

    private static final Recipe RECIPE = Recipe.of(10, 256, 100, Schedule.Kind.COSINE, 0);
    private static final double RATE = 2e-5;
    private static final HubWeights WEIGHTS = new HubWeights("openai/clip-vit-base-patch16", "CLIP ViT-B/16");
    private static final List<String> TEMPLATES = List.of("a photo of a {}.");

    /** A world of one profile. */
    RealDomainNet(String name, Profile profile) {
        this(name, profile, new DiskSettings(options(profile)));
    }

    private RealDomainNet(String name, Profile profile, DiskSettings settings) {
        super(name, profile, settings);
        double fraction = fraction();
        if (!(fraction > 0 && fraction <= 1) || count() < 2 || count() > DomainNet.CLASSES || mostSteps() < 1) {
            throw new IllegalArgumentException("a part of DomainNet has a fraction above 0 and at most 1, 2.."
                    + DomainNet.CLASSES + " classes and max-steps >= 1, got fraction " + fraction + ", classes "
                    + count() + ", max-steps " + mostSteps());
        }
    }

    private static List<OptionSpec> options(Profile profile) {
        List<OptionSpec> options =
                new ArrayList<>(profile == Profile.PILOT ? PhotoSettings.part(DomainNet.CLASSES) : List.of());
        options.add(OptionSpec.choice(
                PhotoSettings.NORMALIZATION,
                Normalization.CLIP.word(),
                "mean and deviation of the pictures",
                Normalization.words()));
        options.addAll(ClipStart.options(0));
        return options;
    }

    private double fraction() {
        return chosen().number(DiskSettings.FRACTION, 1);
    }

    private int count() {
        return chosen().whole(PhotoSettings.CLASSES, DomainNet.CLASSES);
    }

    private boolean isPartial() {
        return chosen().has(DiskSettings.FRACTION);
    }

    @Override
    public String summary() {
        return "CLIP ViT-B/16 on " + (isPartial() ? "a part of " : "") + "DomainNet";
    }

    @Override
    public int table() {
        return name().equals("domainnet-l2sp") ? 2 : 1;
    }

    @Override
    public List<String> domains() {
        return DomainNet.DOMAINS;
    }

    @Override
    public String defaultDomain() {
        return "real";
    }

    /** The five of the paper, inferred from Table 2's caption. */
    @Override
    public Map<String, List<String>> domainSets() {
        return Map.of("paper", List.of("real", "clipart", "sketch", "painting", "quickdraw"));
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
        return new RealDomainNet(name(), profile(), chosen().with(changed));
    }

    private static Path folder() {
        return Place.DATA.resolve("domainnet");
    }

    @Override
    protected DomainNet read() throws IOException {
        DomainNet data = DomainNet.in(folder());
        List<String> folders = DomainNet.DOMAINS.stream()
                .filter(domain -> !Files.isDirectory(folder().resolve(domain)))
                .toList();
        if (!folders.isEmpty()) {
            throw new IOException("DomainNet's pictures were looked for in " + folder() + ", which has no folder "
                    + String.join(", ", folders));
        }
        return data;
    }

    @Override
    protected String source() {
        return "archives and lists are to be had at ai.bu.edu/M3SDA";
    }

    @Override
    protected String checksum(DomainNet data) {
        return data.checksum();
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
    protected OpenWorld open(NDManager manager, DomainNet whole, String domain, long seed) throws IOException {
        DomainNet data = part(whole);
        var clip = new ClipStart(
                WEIGHTS,
                data.classes().stream().map(name -> name.replace('_', ' ')).toList(),
                TEMPLATES);
        var transform =
                ImageTransform.domainNet(clip.side(), Normalization.of(chosen().word(PhotoSettings.NORMALIZATION)));
        Map<String, ClassReader> tests = new LinkedHashMap<>();
        domains().forEach(one -> tests.put(one, reader(data, data.test(one), transform)));
        return opened(
                manager,
                owner -> clip.open(owner, chosen(), seed, Map.of()),
                reader(data, data.training(domain, seed), transform),
                reader(data, data.validation(domain, seed), transform),
                tests);
    }

    private static ClassReader reader(DomainNet data, List<LabelledFile> files, ImageTransform transform) {
        return new ClassReader(files, data::picture, transform);
    }

    private DomainNet part(DomainNet data) {
        return isPartial() ? data.part(Math.min(count(), data.classes().size()), fraction()) : data;
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("domains", String.join(", ", domains()));
        facts.put("profile", profile().word() + ": " + summary());
        if (isPartial()) {
            facts.put(
                    "part",
                    String.format(
                            Locale.ROOT,
                            "%s of the pictures of each list, %d of %d classes",
                            fraction(),
                            count(),
                            DomainNet.CLASSES));
        }
        facts.put("source", "ai.bu.edu/M3SDA, without login, for research; the cleaned release is about 18 GB");
        facts.put(
                "layout",
                "splits/DOMAIN_train.txt and DOMAIN_test.txt with lines DOMAIN/CLASS/FILE LABEL, and the folders DOMAIN/CLASS");
        facts.put(
                "to arrange",
                "for d in clipart infograph painting quickdraw real sketch: unzip d.zip into the folder below, and put"
                        + " d_train.txt and d_test.txt into its folder splits");
        facts.put("looked for in", folder().toString());
        Found<DomainNet> found = found();
        facts.put("lacking", found.words());
        for (DomainNetRelease release : DomainNetRelease.values()) {
            facts.put(release.word() + " release, train/test", DomainNetFacts.sizes(release.sizes()));
        }
        DomainNet data = found.data();
        if (data != null) {
            facts.putAll(DomainNetFacts.of(data));
            facts.put("used of " + defaultDomain() + ", seed 0", DomainNetFacts.used(part(data), defaultDomain()));
        }
        return facts;
    }

    @Override
    public DataCheck checkData(IntConsumer progress) {
        return DomainNetFacts.check(data(), progress);
    }
}

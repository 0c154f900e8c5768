package org.spdbook.experiment.domainnet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.spdbook.data.DomainNet;
import org.spdbook.data.DomainNetRelease;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.World;
import org.spdbook.optim.OptionSpec;
import org.spdbook.train.Schedule;

/**
 * CLIP ViT-B/16 fine-tuned on a domain of DomainNet and tested on all of them, as paper.md 3.1 suggests: batches of 256, cosine
 * schedule, rate 2e-5, ten epochs. Lists, pictures and weights are looked for on disk (see {@link Place}). Everything but
 * training is there; that needs CLIP's image tower, which this version has not got. Thread-safe.
 */
class RealDomainNet implements World {

    private static final Recipe RECIPE = Recipe.of(10, 256, 100, Schedule.Kind.COSINE, 0);
    private static final double RATE = 2e-5;

    private final String name;
    private final Profile profile;
    private final PartSettings settings;
    private final DomainNetFiles files;

    /** A world of one profile. */
    RealDomainNet(String name, Profile profile, PartSettings settings) {
        this.name = name;
        this.profile = profile;
        this.settings = settings;
        this.files = new DomainNetFiles(name + " in profile " + profile.word());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public String summary() {
        return "CLIP ViT-B/16 on " + (settings.partial() ? "a part of " : "") + "DomainNet";
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
    public boolean testsAllSeedsAlike() {
        return true;
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
    public int mostSteps() {
        return settings.mostSteps();
    }

    @Override
    public List<OptionSpec> settings() {
        return settings.options();
    }

    @Override
    public World with(Map<String, String> changed) {
        return new RealDomainNet(name, profile, settings.with(changed));
    }

    /**
     * Refuses as {@link #open} does, so that nothing is planned that cannot run.
     *
     * @throws IllegalStateException always in this version
     */
    @Override
    public String fingerprint() {
        throw files.refusal();
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("domains", String.join(", ", domains()));
        facts.put("profile", profile.word() + ": " + summary());
        if (settings.partial()) {
            facts.put(
                    "part",
                    String.format(
                            Locale.ROOT,
                            "%s of the pictures of each list, %d of %d classes",
                            settings.fraction(),
                            settings.classes(),
                            DomainNet.CLASSES));
        }
        facts.put("looked for in", files.folder().toString());
        DomainNetFiles.Data read = files.read();
        facts.put("lacking", read.lack().isEmpty() ? "nothing" : read.lack());
        for (DomainNetRelease release : DomainNetRelease.values()) {
            facts.put(release.word() + " release, train/test", DomainNetFacts.sizes(release.sizes()));
        }
        DomainNet data = read.data();
        if (data != null) {
            facts.putAll(DomainNetFacts.of(data));
            facts.put("used of " + defaultDomain() + ", seed 0", DomainNetFacts.used(part(data), defaultDomain()));
        }
        return facts;
    }

    private DomainNet part(DomainNet data) {
        return settings.partial()
                ? data.part(Math.min(settings.classes(), data.classes().size()), settings.fraction())
                : data;
    }

    @Override
    public DataCheck checkData(IntConsumer progress) {
        return DomainNetFacts.check(files.data(), progress);
    }

    @Override
    public Map<String, String> modelFacts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", "CLIP ViT-B/16, image tower with a linear head");
        facts.put("looked for in", files.weights().toString());
        facts.put(
                "state",
                "weights are " + (files.hasWeights() ? "there" : "not there") + "; " + DomainNetFiles.NO_TOWER);
        return facts;
    }

    /**
     * Says what is lacking.
     *
     * @throws IllegalStateException always in this version: for files that are not there, or for the image tower
     */
    @Override
    public OpenWorld open(String domain, long seed) {
        Known.require("domain", domain, domains());
        throw files.refusal();
    }
}

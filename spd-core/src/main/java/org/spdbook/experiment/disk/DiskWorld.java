package org.spdbook.experiment.disk;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.World;
import org.spdbook.optim.OptionSpec;
import org.spdbook.torch.Torch;
import org.spdbook.weights.Checksum;

/**
 * An experiment on data on disk with weights on disk, in the profile pilot or paper. What is not there is said in one sentence:
 * what was looked for, where, and how to get it. Thread-safe.
 *
 * @param <D> the data set
 */
public abstract class DiskWorld<D> implements World {

    private final String name;
    private final Profile profile;
    private final DiskSettings settings;
    private @Nullable String fingerprint;

    /** A world with settings. */
    protected DiskWorld(String name, Profile profile, DiskSettings settings) {
        this.name = name;
        this.profile = profile;
        this.settings = settings;
    }

    /**
     * Reads lists or folders of the data, which may take a moment.
     *
     * @throws IOException if some are missing or wrong, in one sentence
     */
    protected abstract D read() throws IOException;

    /** Where the data is to be had, for errors. */
    protected abstract String source();

    /** SHA-256 or the like over what the data is. */
    protected abstract String checksum(D data);

    /** The model, for people. */
    protected abstract String model();

    /** The pre-trained weights. */
    protected abstract HubWeights weights();

    /** Whether the model reads texts, for which it needs a tokenizer beside its weights. */
    protected boolean readsTexts() {
        return false;
    }

    /** What of the model's files was looked for, where, and how to get it; empty if all are there. */
    private String modelLack() {
        String weights = weights().lack();
        String tokenizer = readsTexts() ? new TokenizerFile(weights()).lack() : "";
        return weights.isEmpty() || tokenizer.isEmpty() ? weights + tokenizer : weights + "; and " + tokenizer;
    }

    /** Whether nothing of the model's files is lacking. */
    protected final boolean hasModel() {
        return modelLack().isEmpty();
    }

    /**
     * Opens everything; data and weights are there.
     *
     * @param manager closed by the caller if this fails, else with what is returned
     */
    protected abstract OpenWorld open(NDManager manager, D data, String domain, long seed) throws IOException;

    /** What can be set, with the values it has. */
    protected final DiskSettings chosen() {
        return settings;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Profile profile() {
        return profile;
    }

    @Override
    public final List<OptionSpec> settings() {
        return settings.options();
    }

    @Override
    public final int mostSteps() {
        return settings.whole(DiskSettings.MOST_STEPS, Integer.MAX_VALUE);
    }

    @Override
    public final boolean testsAllSeedsAlike() {
        return true;
    }

    /** For errors: {@code domainnet in profile paper}. */
    protected final String words() {
        return name + " in profile " + profile.word();
    }

    /**
     * What there is of the data.
     *
     * @param data null if files are lacking
     * @param lack what was looked for, where, and how to get it; empty if nothing
     */
    protected record Found<D>(@Nullable D data, String lack) {

        /** {@code nothing}, or what is lacking. */
        public String words() {
            return lack.isEmpty() ? "nothing" : lack;
        }
    }

    /** Looks for the data. */
    protected final Found<D> found() {
        try {
            return new Found<>(read(), "");
        } catch (IOException e) {
            return new Found<>(null, e.getMessage() + " (" + Place.DATA.choice() + "; " + source() + ")");
        }
    }

    /**
     * The data.
     *
     * @throws IllegalStateException if files are lacking
     */
    protected final D data() {
        Found<D> found = found();
        if (found.data == null) {
            throw new IllegalStateException(words() + " lacks files: " + found.lack);
        }
        return found.data;
    }

    @Override
    public Map<String, String> modelFacts() {
        String lack = modelLack();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", model());
        facts.put("looked for in", weights().folder().toString());
        facts.put("lacking", lack.isEmpty() ? "nothing" : lack);
        if (readsTexts()) {
            facts.put("tokenizer", new TokenizerFile(weights()).path().toString());
        }
        return facts;
    }

    /** The data, if the weights are there too. */
    private D requireFiles() {
        Found<D> found = found();
        String lack = java.util.stream.Stream.of(found.lack, modelLack())
                .filter(one -> !one.isEmpty())
                .collect(java.util.stream.Collectors.joining("; and "));
        if (found.data == null || !lack.isEmpty()) {
            throw new IllegalStateException(words() + " lacks files: " + lack);
        }
        return found.data;
    }

    /**
     * SHA-256 over data, weights and settings.
     *
     * @throws IllegalStateException if files are lacking
     */
    @Override
    public final synchronized String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            String data = checksum(requireFiles());
            String tokenizer = readsTexts() ? new TokenizerFile(weights()).checksum() : "";
            String parts = data + tokenizer + weights().checksum() + settings.options();
            known = Checksum.of(parts.getBytes(StandardCharsets.UTF_8));
            fingerprint = known;
        }
        return known;
    }

    @Override
    public final OpenWorld open(String domain, long seed) {
        return open(domain, seed, Device.cpu());
    }

    @Override
    public final OpenWorld open(String domain, long seed, Device device) {
        Known.require("domain", domain, trainable());
        D data = requireFiles();
        NDManager manager = Torch.newManager(device);
        try {
            return open(manager, data, domain, seed);
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(words() + " cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }
}

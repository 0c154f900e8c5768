package org.spdbook.experiment.photo;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * An experiment on photographs on disk with weights on disk, in the profile pilot or paper. What is not there is said in one sentence:
 * what was looked for, where, and how to get it. Thread-safe.
 */
public abstract class PhotoWorld implements World {

    private final String name;
    private final Profile profile;
    private final PhotoSettings settings;
    private @Nullable String fingerprint;

    /** A world with settings. */
    protected PhotoWorld(String name, Profile profile, PhotoSettings settings) {
        this.name = name;
        this.profile = profile;
        this.settings = settings;
    }

    /** What is lacking of the data, in the words of an error; empty if nothing. */
    protected abstract String lackingData();

    /** SHA-256 or the like over what the data is. */
    protected abstract String dataChecksum();

    /** The pre-trained weights. */
    protected abstract HubWeights weights();

    /**
     * Opens everything; data and weights are there.
     *
     * @param manager closed by the caller if this fails, else with what is returned
     */
    protected abstract OpenWorld open(NDManager manager, String domain, long seed) throws IOException;

    /** An open world of these parts. */
    protected static OpenWorld opened(
            NDManager manager,
            PhotoModelSource model,
            PhotoReader training,
            PhotoReader validation,
            Map<String, ? extends PhotoReader> tests)
            throws IOException {
        return new OpenPhotos(
                manager,
                model.open(manager),
                new OpenPhotos.Readers(training, validation, new java.util.LinkedHashMap<>(tests)));
    }

    /** Makes a model. */
    @FunctionalInterface
    protected interface PhotoModelSource {

        /**
         * The model, closed before the manager.
         *
         * @throws IOException if a file is missing or broken
         */
        PhotoModel open(NDManager manager) throws IOException;
    }

    /** What can be set, with the values it has. */
    protected final PhotoSettings photoSettings() {
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
        return settings.whole(PhotoSettings.MOST_STEPS, Integer.MAX_VALUE);
    }

    @Override
    public final boolean testsAllSeedsAlike() {
        return true;
    }

    /** For errors: {@code domainnet in profile paper}. */
    protected final String words() {
        return name + " in profile " + profile.word();
    }

    private void requireFiles() {
        String lack = java.util.stream.Stream.of(lackingData(), weights().lack())
                .filter(one -> !one.isEmpty())
                .collect(java.util.stream.Collectors.joining("; and "));
        if (!lack.isEmpty()) {
            throw new IllegalStateException(words() + " lacks files: " + lack);
        }
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
            requireFiles();
            String parts = dataChecksum() + weights().checksum() + settings.options();
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
        requireFiles();
        NDManager manager = Torch.newManager(device);
        try {
            return open(manager, domain, seed);
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(words() + " cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }
}

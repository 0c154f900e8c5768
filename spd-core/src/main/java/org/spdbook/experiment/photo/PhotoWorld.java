package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.DiskWorld;

/**
 * An experiment on photographs on disk with weights on disk, in the profile pilot or paper. Thread-safe.
 *
 * @param <D> the data set
 */
public abstract class PhotoWorld<D> extends DiskWorld<D> {

    /** A world with settings. */
    protected PhotoWorld(String name, Profile profile, DiskSettings settings) {
        super(name, profile, settings);
    }

    /** An open world of these parts. */
    protected static OpenWorld opened(
            NDManager manager,
            PhotoModelSource model,
            PhotoReader training,
            PhotoReader validation,
            Map<String, ? extends PhotoReader> tests)
            throws IOException {
        return new OpenPhotos(
                manager, model.open(manager), new OpenPhotos.Readers(training, validation, new LinkedHashMap<>(tests)));
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
}

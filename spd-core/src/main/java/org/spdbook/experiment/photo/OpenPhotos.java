package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.OpenModel;
import org.spdbook.experiment.disk.Skipped;
import org.spdbook.train.Task;

/** A world of photographs on disk, for one domain and seed. */
final class OpenPhotos extends OpenModel {

    private final PhotoModel model;
    private final Readers readers;
    private final Skipped skipped = new Skipped();
    private final PhotoTask task;
    private @Nullable Task heldOut;

    /**
     * What is read.
     *
     * @param training of the domain trained on
     * @param validation of it
     * @param tests by name, in the order of the world
     */
    record Readers(PhotoReader training, PhotoReader validation, Map<String, PhotoReader> tests) {

        Readers {
            tests = new LinkedHashMap<>(tests);
        }
    }

    /**
     * An open world.
     *
     * @param manager closed with it
     * @param model closed with it
     */
    OpenPhotos(NDManager manager, PhotoModel model, Readers readers) {
        super(manager, new Parts(model.parameters(), model.head(), model.fresh()));
        this.model = model;
        this.readers = readers;
        this.task = new PhotoTask("training", model, readers.training, manager, skipped);
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public List<TestSet> testSets() {
        return readers.tests.entrySet().stream()
                .<TestSet>map(set -> new PhotoTask(set.getKey(), model, set.getValue(), manager(), skipped))
                .toList();
    }

    @Override
    public TestSet validation() {
        return new PhotoTask("validation", model, readers.validation, manager(), skipped);
    }

    @Override
    public Task heldOut() {
        if (heldOut == null) {
            heldOut = new PhotoTask("held out", model, new Unaugmented(readers.validation), manager(), skipped);
        }
        return heldOut;
    }

    /** Reads as for testing even when trained on. */
    private record Unaugmented(PhotoReader reader) implements PhotoReader {

        @Override
        public int size() {
            return reader.size();
        }

        @Override
        public int side() {
            return reader.side();
        }

        @Override
        public int labels() {
            return reader.labels();
        }

        @Override
        public boolean plain() {
            return true;
        }

        @Override
        public Example read(int i, org.spdbook.train.@Nullable RandomStream augmentation) throws java.io.IOException {
            return reader.read(i, null);
        }
    }

    @Override
    public Set<String> skipped() {
        return skipped.all();
    }
}

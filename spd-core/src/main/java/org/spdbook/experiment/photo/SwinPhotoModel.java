package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import java.util.stream.Collectors;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.Overlaps;
import org.spdbook.model.SwinSegformer;
import org.spdbook.nn.Adapter;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Scope;

/** Swin with a decoder, as a segmentation of photographs. */
final class SwinPhotoModel implements PhotoModel {

    private final SwinSegformer model;
    private final Set<String> fresh;
    private final Set<String> head;
    private final int classes;

    /**
     * A model.
     *
     * @param backbone names of the tensors that are pre-trained
     * @param classes with the background
     */
    SwinPhotoModel(SwinSegformer model, Set<String> backbone, int classes) {
        this.model = model;
        this.classes = classes;
        this.fresh = model.parameters().names().stream()
                .filter(name -> !backbone.contains(name))
                .collect(Collectors.toUnmodifiableSet());
        Set<String> adapters = Adapter.names(model.parameters());
        this.head = fresh.stream().filter(name -> !adapters.contains(name)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Parameters parameters() {
        return model.parameters();
    }

    @Override
    public Set<String> head() {
        return head;
    }

    @Override
    public Set<String> fresh() {
        return fresh;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public NDArray loss(NDArray images, NDArray labels, boolean training) {
        return model.loss(images, labels, training);
    }

    /** The head normalises by the batch, and pixels are left out of the mean. */
    @Override
    public boolean isMeanOfParts() {
        return false;
    }

    @Override
    public NDArray predictions(NDArray images, String set) {
        return Scope.of(() -> model.predictions(images));
    }

    @Override
    public Scorer scorer(String set) {
        var counter = new Overlaps.Counter(classes, SwinSegformer.IGNORED);
        return new Scorer() {
            @Override
            public void add(long[] predictions, long[] labels) {
                counter.add(predictions, labels);
            }

            @Override
            public Outcomes outcomes() {
                return counter.overlaps();
            }
        };
    }

    @Override
    public void close() {
        model.close();
    }
}

package org.spdbook.twin.vision;

import java.util.List;

/** Images with their classes. Nothing is copied: whoever hands arrays over must not write to them afterwards. */
public final class Examples {

    private final List<float[]> inputs;
    private final long[] labels;

    /**
     * Examples.
     *
     * @param inputs as {@link VisionInput} makes them
     * @param labels index of the class of each
     */
    public Examples(List<float[]> inputs, long[] labels) {
        if (inputs.size() != labels.length) {
            throw new IllegalArgumentException(inputs.size() + " images have " + labels.length + " labels");
        }
        this.inputs = List.copyOf(inputs);
        this.labels = labels;
    }

    int size() {
        return labels.length;
    }

    float[] input(int i) {
        return inputs.get(i);
    }

    long label(int i) {
        return labels[i];
    }

    long[] labels() {
        return labels;
    }
}

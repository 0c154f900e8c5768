package org.spdbook.experiment.photo;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.ImageTransform;
import org.spdbook.data.LabelledFile;
import org.spdbook.data.Mixing;
import org.spdbook.data.Pixels;
import org.spdbook.train.RandomStream;

/**
 * Pictures of one class each.
 *
 * @param files in the order of the set
 * @param source reads a file
 * @param transform to what the model takes
 * @param mixing of the pictures of a batch for training
 */
public record ClassReader(List<LabelledFile> files, Source source, ImageTransform transform, Mixing mixing)
        implements PhotoReader {

    /** A reader that does not mix pictures. */
    public ClassReader(List<LabelledFile> files, Source source, ImageTransform transform) {
        this(files, source, transform, Mixing.NONE);
    }

    /** Reads a picture of a data set. */
    @FunctionalInterface
    public interface Source {

        /**
         * The picture of a file.
         *
         * @throws IOException if it is missing or does not decode, in one sentence with its name
         */
        Pixels picture(LabelledFile file) throws IOException;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int side() {
        return transform.crop().size();
    }

    @Override
    public int labels() {
        return 1;
    }

    @Override
    public Example read(int i, @Nullable RandomStream augmentation) throws IOException {
        LabelledFile file = files.get(i);
        Pixels picture = source.picture(file);
        float[] input = augmentation == null ? transform.test(picture) : transform.training(picture, augmentation);
        return new Example(input, new long[] {file.label()});
    }
}

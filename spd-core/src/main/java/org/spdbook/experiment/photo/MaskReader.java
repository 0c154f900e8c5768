package org.spdbook.experiment.photo;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.Corruption;
import org.spdbook.data.PascalVoc;
import org.spdbook.data.Pixels;
import org.spdbook.data.SegmentationTransform;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * Pictures with a class for each pixel. A corruption is applied to each at every severity, after the resize: the set is then so many
 * times as large.
 *
 * @param data where they are
 * @param names in the order of the set
 * @param transform to what the model takes
 * @param corruption null for none
 */
public record MaskReader(
        PascalVoc data,
        List<String> names,
        SegmentationTransform transform,
        @Nullable Corruption corruption) implements PhotoReader {

    @Override
    public int size() {
        return names.size() * (corruption == null ? 1 : Corruption.SEVERITIES);
    }

    @Override
    public int side() {
        return transform.size();
    }

    @Override
    public int labels() {
        return transform.size() * transform.size();
    }

    @Override
    public Example read(int i, @Nullable RandomStream augmentation) throws IOException {
        String name = names.get(i % names.size());
        SegmentationTransform.Pair pair = data.pair(name);
        SegmentationTransform.Pair square =
                augmentation == null ? transform.test(pair) : transform.training(pair, augmentation);
        Pixels shown = square.picture();
        if (corruption != null) {
            int severity = 1 + i / names.size();
            RandomStream random = new Seeds(0).stream("corruption " + corruption.word(), severity, i % names.size());
            shown = corruption.apply(shown, severity, random);
        }
        return new Example(transform.normalization().apply(shown), labels(square.mask()));
    }

    private static long[] labels(Pixels mask) {
        long[] labels = new long[mask.values().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = mask.values()[i] & 0xFF;
        }
        return labels;
    }
}

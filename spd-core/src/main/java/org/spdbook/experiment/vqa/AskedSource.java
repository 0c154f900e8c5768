package org.spdbook.experiment.vqa;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.vqa.VqaItem;
import org.spdbook.data.vqa.VqaPicture;
import org.spdbook.experiment.disk.ExampleLoader;
import org.spdbook.train.RandomStream;

/**
 * Questions whose pictures are read when they are asked for; they are not augmented.
 *
 * @param items in the order of the set
 * @param form of the pictures
 */
record AskedSource(List<VqaItem> items, VqaPicture form) implements ExampleLoader.Source<Asked> {

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Asked read(int i, @Nullable RandomStream augmentation) throws IOException {
        VqaItem item = items.get(i);
        if (!Files.isRegularFile(item.image())) {
            throw new IOException("the picture of a question, " + item.image()
                    + ", is not there; unpack the archive of its folder anew");
        }
        return new Asked(item, form.of(item.image()));
    }
}

package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.model.SegformerHead;
import org.spdbook.nn.Parameters;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.TensorFile;

/** The head of SegFormer as {@code SegformerDecodeHead} of Hugging Face transformers computes it: {@code feat.0} and so on to {@code logits}. */
public final class SegformerVerifier extends ModelVerifier {

    /** For {@code segformer}. */
    public SegformerVerifier() {
        super("segformer");
    }

    @Override
    List<Difference> compare(NDManager manager, Path folder, TensorFile io) throws IOException {
        List<NDArray> grids = new ArrayList<>();
        while (io.has("feat." + grids.size())) {
            grids.add(io.load(manager, "feat." + grids.size()).transpose(0, 2, 3, 1));
        }
        try (TensorFile weights = Safetensors.openFolder(folder);
                Parameters parameters = SegformerHead.read(manager, weights)) {
            var head = new SegformerHead(parameters, grids.size());
            return List.of(forward("logits", io, () -> head.forward(grids, false)));
        }
    }
}

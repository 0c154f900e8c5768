package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.KeyValueCache;
import org.spdbook.torch.AttentionOps;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;

/**
 * PaliGemma in front of images. The first tokens of a cache are the prefix, which sees itself as a whole; those of later calls see what is before them.
 *
 * @param model whose decoder writes
 * @param features of the images
 */
record SeeingGemma(PaliGemma model, NDArray features) implements CausalModel {

    @Override
    public NDArray next(NDArray ids, @Nullable NDArray attended, KeyValueCache cache) {
        return Autograd.withoutRecording(() -> Scope.of(() -> {
            Llama decoder = model.decoder();
            long past = cache.length();
            NDArray embedded = past == 0 ? model.embedded(features, ids) : decoder.embedded(ids);
            NDArray all = decoder.hidden(embedded, positions(ids, attended, past), seen(ids, attended, past), cache);
            return decoder.scores(all.getShape().get(1) == 1 ? all.squeeze(1) : all.get(":, -1"));
        }));
    }

    /** From 1; padding takes no place, so that a question is as far from its answer as without it. */
    private static NDArray positions(NDArray ids, @Nullable NDArray attended, long past) {
        long tokens = ids.getShape().get(1);
        return attended == null
                ? PaliGemma.positions(ids.getManager(), past, tokens)
                : attended.cumSum(1).get(":, {}:", past);
    }

    private static @Nullable NDArray seen(NDArray ids, @Nullable NDArray attended, long past) {
        NDManager manager = ids.getManager();
        long n = ids.getShape().get(0);
        long tokens = ids.getShape().get(1);
        if (past == 0) {
            return AttentionOps.prefixMask(manager.zeros(ids.getShape(), DataType.INT64), attended);
        }
        if (attended == null && tokens == 1) {
            return null;
        }
        return AttentionOps.causalMask(
                attended == null ? manager.ones(new Shape(n, past + tokens), DataType.INT64) : attended, tokens);
    }

    @Override
    public int vocabulary() {
        return model.decoder().vocabulary();
    }

    @Override
    public boolean knows(long id) {
        return CausalModel.super.knows(id) || id == model.config().imageId();
    }

    @Override
    public List<Integer> ends() {
        return model.decoder().ends();
    }

    @Override
    public NDManager manager() {
        return model.decoder().manager();
    }
}

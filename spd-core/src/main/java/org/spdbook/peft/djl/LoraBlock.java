package org.spdbook.peft.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A model with LoRA as a block of DJL: its parameters are the factors, its output is that of the adapted block. */
final class LoraBlock extends AbstractBlock {

    private final LoraModel model;
    private final Block adapted;

    LoraBlock(LoraModel model, Block adapted, Iterable<LoraLayer> layers) {
        this.model = model;
        this.adapted = adapted;
        for (LoraLayer layer : layers) {
            addParameter(layer.a());
            addParameter(layer.b());
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore factors, NDList inputs, boolean training, PairList<String, Object> params) {
        var store = new LoraStore(model, inputs.head().getManager(), factors);
        return adapted.forward(store, inputs, training, params);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return adapted.getOutputShapes(inputs);
    }

    /** Leaves the factors where they are: they belong to the LoRA model, which frees them. */
    @Override
    public void clear() {
        // see above
    }
}

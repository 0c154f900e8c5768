package org.spdbook.peft.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterServer;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/**
 * Hands out {@code W + (alpha / rank) B A} for the weights that have factors, and the block's own values for all others. What is computed
 * belongs to the store's manager, and is computed anew each time that a block asks.
 */
final class LoraStore extends ParameterStore {

    private final LoraModel model;
    private final @Nullable ParameterStore factors;

    /**
     * A store.
     *
     * @param factors what hands out the factors themselves, which DJL's Trainer then knows of; null for the factors as they are
     */
    LoraStore(LoraModel model, NDManager manager, @Nullable ParameterStore factors) {
        super(manager, false);
        this.model = model;
        this.factors = factors;
    }

    @Override
    public @Nullable NDArray getValue(@Nullable Parameter parameter, Device device, boolean training) {
        if (parameter == null) {
            return null; // an optional one, as the bias of a layer without
        }
        model.checkUse(training);
        NDArray value = parameter.getArray();
        if (!value.getDevice().equals(device)) {
            throw new IllegalArgumentException("parameter " + parameter.getName() + " " + value.getShape() + " is on "
                    + value.getDevice() + ", the inputs are on " + device
                    + "; LoRA works on one device: make the inputs there, or load the block to theirs");
        }
        LoraLayer layer = model.layer(parameter);
        if (layer != null) {
            return layer.adapted(
                    factor(layer.a(), device, training), factor(layer.b(), device, training), getManager());
        }
        return training && isStatistic(parameter) ? copy(value) : value;
    }

    private NDArray factor(Parameter parameter, Device device, boolean training) {
        return factors == null ? parameter.getArray() : factors.getValue(parameter, device, training);
    }

    private static boolean isStatistic(Parameter parameter) {
        return parameter.getType() == Parameter.Type.RUNNING_MEAN || parameter.getType() == Parameter.Type.RUNNING_VAR;
    }

    /** What training may move without the block's own values moving. */
    private NDArray copy(NDArray value) {
        NDArray copy = value.duplicate();
        copy.attach(getManager());
        return copy;
    }

    /**
     * Refused: this store's factors are not for a server of DJL.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void setParameterServer(ParameterServer server, Device[] devices) {
        throw refused("setParameterServer");
    }

    /**
     * Refused as {@link #setParameterServer}.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void updateAllParameters() {
        throw refused("updateAllParameters");
    }

    private static UnsupportedOperationException refused(String method) {
        return new UnsupportedOperationException(
                method + " was called on the store of a LoRA model, whose factors take no"
                        + " steps by it; take them by an optimizer on lora.targets(), or give lora.block() to DJL's Trainer");
    }
}

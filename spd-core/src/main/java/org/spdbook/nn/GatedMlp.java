package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.spdbook.torch.Ops;

/**
 * Two linear layers of which one gates the other, and one back: {@code down(act(gate(x)) * up(x))}. Shazeer, <i>GLU variants improve
 * transformer</i>, 2020; with SiLU it is LLaMA's SwiGLU.
 */
public final class GatedMlp extends Module {

    private final Linear gate;
    private final Linear up;
    private final Linear down;
    private final Activation activation;

    private GatedMlp(Linear gate, Linear up, Linear down, Activation activation) {
        super(gate.in(), down.out());
        this.gate = gate;
        this.up = up;
        this.down = down;
        this.activation = activation;
    }

    /** Reads {@code prefix.gate_proj}, {@code up_proj} and {@code down_proj}, without biases. */
    public static GatedMlp of(Parameters parameters, String prefix, Activation activation) {
        Linear gate = Linear.withoutBias(parameters, prefix + ".gate_proj");
        Linear up = Linear.withoutBias(parameters, prefix + ".up_proj");
        Linear down = Linear.withoutBias(parameters, prefix + ".down_proj");
        return parameters.register(prefix, new GatedMlp(gate, up, down, activation));
    }

    @Override
    boolean isPlain() {
        return super.isPlain() && gate.isPlain() && up.isPlain() && down.isPlain();
    }

    Activation activation() {
        return activation;
    }

    /** Of gate, up and down. */
    List<NDArray> weights() {
        return List.of(gate.weight(), up.weight(), down.weight());
    }

    @Override
    protected NDArray plain(NDArray x) {
        NDArray gated = gate.forward(x);
        NDArray values = up.forward(x);
        return down.forward(
                activation == Activation.SILU
                        ? Ops.siluProduct(gated, values)
                        : activation.forward(gated).mul(values));
    }
}

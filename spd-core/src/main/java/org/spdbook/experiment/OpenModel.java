package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Parameters;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.Attached;
import org.spdbook.peft.Lora;

/** What open worlds have in common: a model's tensors, and which of them are the head's or have no pre-trained values. */
public abstract class OpenModel implements OpenWorld {

    /** Name of the measure: L2 norm of (alpha / rank) B A over all layers with LoRA. */
    public static final String UPDATE = "update";

    private final NDManager manager;
    private final Parts parts;
    private @Nullable Attached attached;

    /**
     * The tensors of a model.
     *
     * @param parameters closed with the world
     * @param head names of the head's tensors
     * @param fresh names of those without pre-trained values
     */
    public record Parts(Parameters parameters, Set<String> head, Set<String> fresh) {}

    /**
     * A world with a model.
     *
     * @param manager closed with it, after the parameters
     */
    protected OpenModel(NDManager manager, Parts parts) {
        this.manager = manager;
        this.parts = parts;
    }

    @Override
    public final NDManager manager() {
        return manager;
    }

    @Override
    public final Set<String> head() {
        return parts.head;
    }

    @Override
    public final Set<String> fresh() {
        return parts.fresh;
    }

    @Override
    public final Map<String, NDArray> weights() {
        return parts.parameters.asMap();
    }

    @Override
    public final void attach(AdapterConfig adapters, RandomGenerator random) {
        attached = adapters.without(headModules()).attach(parts.parameters, random);
    }

    @Override
    public final Set<String> freeze(Predicate<String> names) {
        return parts.parameters.freeze(names);
    }

    @Override
    public final void unfreeze(Set<String> names) {
        parts.parameters.unfreeze(names);
    }

    /** The head is trained itself, or is to stay as it is. */
    private Set<String> headModules() {
        return parts.head.stream()
                .map(name -> name.replaceFirst("\\.(weight|bias)$", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** L2 norm of what LoRA adds to the weights; nothing where there is no LoRA. */
    @Override
    public Map<String, Double> measures() {
        return attached instanceof Lora lora ? Map.of(UPDATE, lora.norm()) : Map.of();
    }

    @Override
    public final Map<String, NDArray> buffers() {
        return parts.parameters.buffers();
    }

    @Override
    public void close() {
        parts.parameters.close();
        manager.close();
    }
}

package org.spdbook.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.spdbook.nn.Module;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.PrefixTable;
import org.spdbook.optim.Target;

/** Adapters in a model. Their tensors are among the model's {@link Parameters}, which own them. */
public class Attached {

    private static final List<String> MARKS = List.of(
            LoraConfig.A, LoraConfig.B, BottleneckConfig.DOWN + ".", BottleneckConfig.UP + ".", PrefixTable.NAME);

    private final Parameters parameters;
    private final List<String> names = new ArrayList<>();
    private final Set<String> frozen;
    private final List<Module> adapted = new ArrayList<>();

    /**
     * Adds tensors to a model and freezes those that it had; if that fails, the model is as it was.
     *
     * @param first gives the values of a tensor, by its name
     * @throws IllegalArgumentException if the model has such tensors
     */
    Attached(Parameters parameters, Map<String, Shape> shapes, Function<String, DoubleSupplier> first) {
        this.parameters = parameters;
        shapes.keySet().stream()
                .filter(parameters.asMap()::containsKey)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the model has adapter tensors " + name
                            + " already; detach those adapters first, after a merge if the weights shall keep them");
                });
        frozen = parameters.freeze(name -> true);
        try (NDManager manager = parameters.newManager()) {
            shapes.forEach((name, shape) -> {
                parameters.add(name, manager.create(values(first.apply(name), shape), shape));
                names.add(name);
            });
        } catch (RuntimeException e) {
            takeAway();
            throw e;
        }
    }

    /** Whether a tensor of this name belongs to an adapter of this package. */
    public static boolean isAdapter(String name) {
        return MARKS.stream().anyMatch(name::contains);
    }

    private static float[] values(DoubleSupplier value, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.getAsDouble();
        }
        return values;
    }

    /**
     * Puts an adapter of these around a module; if that fails, all are taken away and the model is as it was.
     *
     * @throws IllegalStateException if the module has one
     */
    final void adapt(Module module, Module.Around around) {
        try {
            module.adapt(around);
            adapted.add(module);
        } catch (RuntimeException e) {
            takeAway();
            throw e;
        }
    }

    /** Takes the adapter of these around a module away, if there is one; its tensors stay. */
    final void rest(Module module) {
        if (adapted.remove(module)) {
            module.plain();
        }
    }

    /** Names of the adapters' tensors, in order; none once they are detached. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** The adapters' tensors by name, in order; live. */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        names.forEach(name -> tensors.put(name, parameters.get(name)));
        return tensors;
    }

    /** The adapters' tensors for an optimizer, at its common rate and pulled to zero. */
    public List<Target> targets() {
        return Target.allFromZero(tensors());
    }

    /** Number of values in all of them. */
    public long count() {
        return tensors().values().stream().mapToLong(NDArray::size).sum();
    }

    /** Takes the adapters away and frees them; what was frozen for them takes gradients again. The second time nothing happens. */
    public void detach() {
        takeAway();
    }

    private void takeAway() {
        adapted.forEach(Module::plain);
        adapted.clear();
        names.forEach(parameters::remove);
        names.clear();
        parameters.unfreeze(frozen);
        frozen.clear();
    }

    final Parameters parameters() {
        return parameters;
    }
}

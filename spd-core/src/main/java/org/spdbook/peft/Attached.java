package org.spdbook.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.PrefixTable;

/** Adapters in a model. Their tensors are among the model's {@link Parameters}, which own them. */
public class Attached {

    private static final List<String> MARKS = List.of(
            LoraConfig.A, LoraConfig.B, BottleneckConfig.DOWN + ".", BottleneckConfig.UP + ".", PrefixTable.NAME);

    private final Parameters parameters;
    private final List<String> names;
    private final Set<String> frozen;
    private final Runnable release;

    Attached(Parameters parameters, List<String> names, Set<String> frozen, Runnable release) {
        this.parameters = parameters;
        this.names = names;
        this.frozen = frozen;
        this.release = release;
    }

    /**
     * Adds tensors to a model and freezes those that it had.
     *
     * @param first gives the values of a tensor, by its name
     * @param release undoes what was done to the model's modules
     */
    static Attached freezing(
            Parameters parameters,
            Map<String, Shape> shapes,
            Function<String, DoubleSupplier> first,
            Runnable release) {
        return new Attached(parameters, List.copyOf(shapes.keySet()), add(parameters, shapes, first), release);
    }

    /** Adds tensors; returns the names of those that were frozen for it. */
    static Set<String> add(Parameters parameters, Map<String, Shape> shapes, Function<String, DoubleSupplier> first) {
        shapes.keySet().stream()
                .filter(parameters.asMap()::containsKey)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the model has adapter tensors " + name
                            + " already; detach those adapters first, or merge them");
                });
        Set<String> frozen = parameters.freeze(name -> true);
        try (NDManager manager = parameters.newManager()) {
            shapes.forEach((name, shape) -> {
                DoubleSupplier value = first.apply(name);
                float[] values = new float[Math.toIntExact(shape.size())];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) value.getAsDouble();
                }
                parameters.add(name, manager.create(values, shape));
            });
        }
        return frozen;
    }

    /** Whether a tensor of this name belongs to an adapter of this package. */
    public static boolean isAdapter(String name) {
        return MARKS.stream().anyMatch(name::contains);
    }

    /** Names of the adapters' tensors, in order. */
    public List<String> names() {
        return names;
    }

    /** The adapters' tensors by name, in order; live. */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        names.forEach(name -> tensors.put(name, parameters.get(name)));
        return tensors;
    }

    /** Number of values in all of them. */
    public long count() {
        return tensors().values().stream().mapToLong(NDArray::size).sum();
    }

    /** Takes the adapters away and frees them; what was frozen for them takes gradients again. */
    public void detach() {
        release.run();
        names.forEach(parameters::remove);
        parameters.unfreeze(frozen);
    }

    final Parameters parameters() {
        return parameters;
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * The tensors of a model by name, in a fixed order: leaves that collect gradients, but for those that are frozen, which are not
 * trained and may be of any floating-point type. Owns them; close it to free them. Not thread-safe while training.
 */
public final class Parameters implements AutoCloseable {

    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final Map<String, NDArray> buffers = new LinkedHashMap<>();
    private final Map<String, Module> modules = new LinkedHashMap<>();
    private final Set<String> frozen = new HashSet<>();
    private boolean training;

    /**
     * No tensors yet.
     *
     * @param parent the new manager of the tensors is attached to it
     */
    public Parameters(NDManager parent) {
        this.manager = parent.newSubManager();
    }

    /**
     * Adds a tensor as a leaf. Takes ownership of the array.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public NDArray add(String name, NDArray array) {
        Autograd.track(owned(name, array));
        arrays.put(name, array);
        return array;
    }

    /**
     * Adds a tensor that is not trained and takes no gradient, such as one of a model that only its adapters change. Takes ownership of
     * the array.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public NDArray addFrozen(String name, NDArray array) {
        owned(name, array).setRequiresGradient(false);
        arrays.put(name, array);
        frozen.add(name);
        return array;
    }

    /**
     * Freezes the tensors of some names from now on; a gradient that one has already keeps its memory.
     *
     * @return names of those that were not frozen before
     */
    public Set<String> freeze(Predicate<String> names) {
        Set<String> now = new LinkedHashSet<>();
        arrays.forEach((name, array) -> {
            if (names.test(name) && frozen.add(name)) {
                array.setRequiresGradient(false);
                now.add(name);
            }
        });
        return now;
    }

    /** Lets frozen tensors be trained again; names that are not frozen are passed over. */
    public void unfreeze(Set<String> names) {
        names.stream().filter(frozen::remove).forEach(name -> Autograd.track(get(name)));
    }

    /** Whether there is a tensor of this name that is not trained; buffers are not meant. */
    public boolean isFrozen(String name) {
        return frozen.contains(name);
    }

    /**
     * Adds a tensor that belongs to the model but is not trained, such as the running mean of a batch normalisation. Takes ownership of
     * the array.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public NDArray addBuffer(String name, NDArray array) {
        buffers.put(name, owned(name, array));
        return array;
    }

    private NDArray owned(String name, NDArray array) {
        if (arrays.containsKey(name) || buffers.containsKey(name)) {
            throw new IllegalArgumentException("parameter " + name + " is there already; names must be unique");
        }
        array.attach(manager);
        array.setName(name);
        return Scope.keep(array);
    }

    /**
     * A tensor by name.
     *
     * @throws IllegalArgumentException if there is none, with names that begin alike
     */
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
            List<String> near = names().stream()
                    .filter(other -> other.startsWith(stem))
                    .limit(5)
                    .toList();
            throw new IllegalArgumentException(
                    "parameter " + name + " is missing; the model has " + arrays.size() + ", such as " + near);
        }
        return array;
    }

    /**
     * A tensor that is not trained, by name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public NDArray buffer(String name) {
        NDArray array = buffers.get(name);
        if (array == null) {
            throw new IllegalArgumentException("buffer " + name + " is missing; the model has " + buffers.keySet());
        }
        return array;
    }

    /** Takes a tensor out and frees it; nothing if there is none of this name. */
    public void remove(String name) {
        NDArray array = arrays.remove(name);
        frozen.remove(name);
        if (array != null) {
            array.close();
        }
    }

    /** A new manager on the device of the tensors; the caller closes it. */
    public NDManager newManager() {
        return manager.newSubManager();
    }

    /** Whether values are left out at random now, as in training: see {@link #during}. */
    public boolean isTraining() {
        return training;
    }

    /** Runs code in training, where adapters leave values out at random, or not. */
    public <T> T during(boolean inTraining, Supplier<T> code) {
        boolean before = training;
        training = inTraining;
        try {
            return code.get();
        } finally {
            training = before;
        }
    }

    /** Notes a module that computes with these tensors, so that adapters find it by its name; of one name the last is kept. */
    <M extends Module> M register(String name, M module) {
        modules.put(name, module);
        return module;
    }

    /** The modules that adapters can be put around, by name in the model's order; live. */
    public Map<String, Module> modules() {
        return Collections.unmodifiableMap(modules);
    }

    /** All tensors that are not trained by name, in order; live. */
    public Map<String, NDArray> buffers() {
        return Collections.unmodifiableMap(buffers);
    }

    /** Names in the model's order, without buffers. */
    public List<String> names() {
        return new ArrayList<>(arrays.keySet());
    }

    /** All tensors by name, frozen ones too, in order; live. */
    public Map<String, NDArray> asMap() {
        return Collections.unmodifiableMap(arrays);
    }

    /** The tensors that are trained by name, without the frozen ones, in order, as of now. */
    public Map<String, NDArray> trained() {
        Map<String, NDArray> trained = new LinkedHashMap<>(arrays);
        trained.keySet().removeAll(frozen);
        return Collections.unmodifiableMap(trained);
    }

    /** Number of values in all tensors, frozen ones too. */
    public long count() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    /** For people: {@code 447,744 in 20 tensors}. */
    public String size() {
        return String.format(Locale.ROOT, "%,d in %d tensors", count(), arrays.size());
    }

    /**
     * Overwrites values in place.
     *
     * @param values array per name; copied; must name every tensor that is not frozen, with its shape
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    public void assign(Map<String, NDArray> values) {
        Autograd.withoutRecording(() -> {
            arrays.forEach((name, array) -> {
                NDArray value = values.get(name);
                if (value == null && frozen.contains(name)) {
                    return;
                }
                if (value == null || !value.getShape().equals(array.getShape())) {
                    throw new IllegalArgumentException(
                            "weights for " + name + " of shape " + array.getShape() + " are needed, found "
                                    + (value == null ? "none" : value.getShape().toString()));
                }
                Ops.copy(array, value);
            });
            return null;
        });
    }

    /** Copies of the tensors that are trained, without gradients. The caller closes them through {@code owner}. */
    public Map<String, NDArray> copy(NDManager owner) {
        Map<String, NDArray> copies = new LinkedHashMap<>();
        Autograd.withoutRecording(() -> {
            trained().forEach((name, array) -> {
                NDArray copy = array.duplicate();
                copy.attach(owner);
                copies.put(name, Scope.keep(copy));
            });
            return null;
        });
        return copies;
    }

    @Override
    public void close() {
        manager.close();
    }
}

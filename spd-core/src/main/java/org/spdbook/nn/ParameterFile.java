package org.spdbook.nn;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;
import org.spdbook.weights.TensorInfo;

/** Reads the tensors of a model from a file, whatever its origin calls them. */
public final class ParameterFile {

    private ParameterFile() {}

    /**
     * The first map whose names a file has.
     *
     * @param names of the model
     * @throws IllegalArgumentException if there is none, with a name that the file lacks in each
     */
    public static KeyMap origin(TensorFile file, List<String> names, List<KeyMap> maps) {
        return maps.stream()
                .filter(map -> map.fits(file, names))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the file does not hold this model; it lacks "
                        + String.join(
                                ", ",
                                maps.stream()
                                        .map(map -> lacking(file, names, map) + " (" + map.origin() + ")")
                                        .toList())
                        + "; it has " + file.names().stream().limit(4).toList()));
    }

    private static String lacking(TensorFile file, List<String> names, KeyMap map) {
        return names.stream()
                .map(name -> map.source(name).key())
                .filter(key -> !file.has(key))
                .findFirst()
                .orElse("nothing");
    }

    /**
     * Reads tensors as float32.
     *
     * @param owner of the parameters' manager
     * @param shapes of the model, in its order; tensors of the file with other names are left alone
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    public static Parameters read(NDManager owner, TensorFile file, Map<String, Shape> shapes, KeyMap map) {
        Parameters parameters = new Parameters(owner);
        try {
            shapes.forEach((name, shape) ->
                    parameters.add(name, owner.create(values(file, name, shape.getShape(), map.source(name)), shape)));
            return parameters;
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    /**
     * Reads tensors as buffers of a model that {@link #read} has begun.
     *
     * @throws IllegalArgumentException as there
     */
    public static void readBuffers(
            Parameters parameters, NDManager owner, TensorFile file, Map<String, Shape> shapes, KeyMap map) {
        shapes.forEach((name, shape) -> parameters.addBuffer(
                name, owner.create(values(file, name, shape.getShape(), map.source(name)), shape)));
    }

    /**
     * Maps tensors as frozen parameters, in their own type, without reading them: F32, BF16 and F16 stay as they are in the file, which
     * must not be cut off while they last; on a GPU they are copied. Read as float32 instead are those that lie otherwise in the file than
     * in the model (transposed, or a third of another) and those of other types.
     *
     * @param owner of the parameters' manager, whose device they are on
     * @param shapes as for {@link #read}
     * @throws IllegalArgumentException as there
     */
    public static Parameters readFrozen(NDManager owner, TensorFile file, Map<String, Shape> shapes, KeyMap map) {
        return readFrozen(owner, file, shapes, map, name -> false);
    }

    /**
     * As above, but for some tensors that are read as float32 and trained, such as a head.
     *
     * @param trained tells their names
     */
    public static Parameters readFrozen(
            NDManager owner, TensorFile file, Map<String, Shape> shapes, KeyMap map, Predicate<String> trained) {
        Parameters parameters = new Parameters(owner);
        try (var mapped = new MappedTensors(owner, file)) {
            shapes.forEach((name, shape) -> {
                KeyMap.Source source = map.source(name);
                if (trained.test(name)) {
                    parameters.add(name, owner.create(values(file, name, shape.getShape(), source), shape));
                    return;
                }
                check(file, name, shape.getShape(), source);
                parameters.addFrozen(
                        name,
                        mapped.holds(source)
                                ? mapped.array(source, shape)
                                : owner.create(values(file, name, shape.getShape(), source), shape));
            });
            return parameters;
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    private static void check(TensorFile file, String name, long[] shape, KeyMap.Source source) {
        TensorInfo info = file.info(source.key());
        long[] wanted = shape.clone();
        switch (source.layout()) {
            case SAME -> {
                // as it is
            }
            case TRANSPOSED -> {
                wanted[0] = shape[1];
                wanted[1] = shape[0];
            }
            case FIRST_THIRD, SECOND_THIRD, LAST_THIRD -> wanted[0] = 3 * shape[0];
        }
        if (!Arrays.equals(withoutOnes(info.shape()), withoutOnes(wanted))) {
            throw new IllegalArgumentException("tensor " + source.key() + " of shape " + Arrays.toString(wanted)
                    + " is needed for " + name + ", found " + Arrays.toString(info.shape())
                    + "; the weights and the configuration are of different models");
        }
    }

    private static float[] values(TensorFile file, String name, long[] shape, KeyMap.Source source) {
        check(file, name, shape, source);
        float[] values = file.floats(source.key());
        int third = values.length / 3;
        return switch (source.layout()) {
            case SAME -> values;
            case TRANSPOSED -> transposed(values, (int) shape[0], (int) shape[1]);
            case FIRST_THIRD -> Arrays.copyOfRange(values, 0, third);
            case SECOND_THIRD -> Arrays.copyOfRange(values, third, 2 * third);
            case LAST_THIRD -> Arrays.copyOfRange(values, 2 * third, values.length);
        };
    }

    private static long[] withoutOnes(long[] shape) {
        return Arrays.stream(shape).filter(extent -> extent != 1).toArray();
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] result = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[row * columns + column] = values[column * rows + row];
            }
        }
        return result;
    }
}

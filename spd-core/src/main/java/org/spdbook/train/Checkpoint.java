package org.spdbook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * All that a run needs to go on after a step, in one file that is replaced in one move: the trained weights ({@code
 * model.NAME}), the optimiser's state ({@code optimizer.NAME}), averaged weights ({@code average.NAME}), and as metadata the step, the CPU time so far, the key of
 * the run, the fingerprint of the anchors, and a checksum over all of it.
 *
 * @param step steps taken
 * @param cpuSeconds of the training thread
 * @param key of the run it belongs to
 * @param anchors fingerprint of the weights the run began with
 */
public record Checkpoint(int step, double cpuSeconds, String key, String anchors) {

    private static final String MODEL = "model.";
    private static final String OPTIMIZER = "optimizer.";
    private static final String AVERAGE = "average.";
    private static final String CHECKSUM = "sha256";

    /**
     * Writes it.
     *
     * @param weights trained tensors by name
     * @param state of the optimiser by name
     */
    public void write(Path file, Map<String, NDArray> weights, Map<String, NDArray> state) throws IOException {
        write(file, weights, state, Map.of());
    }

    /**
     * Writes it with averages.
     *
     * @param weights trained tensors by name
     * @param state of the optimiser by name
     * @param averages of trained tensors by name
     */
    public void write(
            Path file, Map<String, NDArray> weights, Map<String, NDArray> state, Map<String, NDArray> averages)
            throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        weights.forEach((name, array) -> tensors.put(MODEL + name, TensorData.of(array)));
        state.forEach((name, array) -> tensors.put(OPTIMIZER + name, TensorData.of(array)));
        averages.forEach((name, array) -> tensors.put(AVERAGE + name, TensorData.of(array)));
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("step", Integer.toString(step));
        metadata.put("cpu_seconds", Double.toString(cpuSeconds));
        metadata.put("key", key);
        metadata.put("anchors", anchors);
        metadata.put(CHECKSUM, checksum(metadata, tensors));
        SafetensorsWriter.write(file, tensors, metadata);
    }

    /**
     * Arrays of a checkpoint.
     *
     * @param weights trained tensors by name
     * @param state of the optimiser by name
     * @param averages of trained tensors by name
     */
    public record Content(
            Checkpoint checkpoint,
            Map<String, NDArray> weights,
            Map<String, NDArray> state,
            Map<String, NDArray> averages) {}

    /**
     * Reads one.
     *
     * @param manager owns the arrays
     * @throws IOException if it cannot be read or its checksum is wrong
     */
    public static Content read(Path file, NDManager manager) throws IOException {
        try (Safetensors in = Safetensors.open(file)) {
            Map<String, String> metadata = new TreeMap<>(in.metadata());
            Map<String, TensorData> tensors = new LinkedHashMap<>();
            in.names().forEach(name -> {
                var info = in.info(name);
                tensors.put(name, new TensorData(info.dtype(), info.shape(), in.buffer(name)));
            });
            String noted = metadata.remove(CHECKSUM);
            if (!checksum(metadata, tensors).equals(noted)) {
                throw new IOException("checkpoint " + file
                        + " does not have the checksum it was written with: it is damaged; train again");
            }
            var checkpoint = new Checkpoint(
                    Integer.parseInt(metadata.getOrDefault("step", "0")),
                    Double.parseDouble(metadata.getOrDefault("cpu_seconds", "0")),
                    metadata.getOrDefault("key", ""),
                    metadata.getOrDefault("anchors", ""));
            return new Content(
                    checkpoint, load(in, manager, MODEL), load(in, manager, OPTIMIZER), load(in, manager, AVERAGE));
        }
    }

    private static Map<String, NDArray> load(Safetensors in, NDManager manager, String prefix) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        in.names().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> arrays.put(name.substring(prefix.length()), in.load(manager, name)));
        return arrays;
    }

    /** SHA-256 over names, types, shapes and values of arrays: what the anchors of a run are known by. */
    public static String fingerprint(Map<String, NDArray> arrays) {
        Map<String, TensorData> tensors = new TreeMap<>();
        arrays.forEach((name, array) -> tensors.put(name, TensorData.of(array)));
        return checksum(Map.of(), tensors);
    }

    private static String checksum(Map<String, String> metadata, Map<String, TensorData> tensors) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
        metadata.forEach((name, value) -> digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
        tensors.forEach((name, tensor) -> {
            String header = name + " " + tensor.dtype() + " " + Arrays.toString(tensor.shape()) + "\n";
            digest.update(header.getBytes(StandardCharsets.UTF_8));
            ByteBuffer data = tensor.data();
            digest.update(data);
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}

package org.spdbook.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.spdbook.model.ModelFolder;
import org.spdbook.model.PaliGemma;
import org.spdbook.model.Swin;
import org.spdbook.nn.ParameterFile;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.TensorFile;

/**
 * A folder of a model: {@code config.json} with its {@code model_type}, weights, {@code io.safetensors} with inputs and what the
 * original makes of them, and, where it was trained, {@code grads.safetensors} with the gradient of the loss by each tensor and the
 * labels in {@code note.json}.
 */
abstract class ModelVerifier implements Verifier {

    /** Of float32 results relative to the largest value. */
    static final double FORWARD_LIMIT = 1e-4;

    private static final double GRADIENT_LIMIT = 1e-3;

    /** Of float32, as a share of the largest gradient of all: a key's bias, for one, has a gradient of 0 but for this. */
    private static final double ROUNDING = 1e-7;

    private static final String IO = "io.safetensors";
    private static final String GRADIENTS = "grads.safetensors";

    /** Of models whose names in memory are others than those in files. */
    private static final List<KeyMap> ORIGINS =
            Stream.concat(Swin.ORIGINS.stream(), PaliGemma.ORIGINS.stream()).toList();

    private final List<String> types;

    /** For values of {@code model_type}. */
    ModelVerifier(String... types) {
        this.types = List.of(types);
    }

    @Override
    public String kind() {
        return String.join(", ", types) + " (config.json with this model_type, model.safetensors, io.safetensors)";
    }

    @Override
    public boolean recognises(Path folder) throws IOException {
        Path config = folder.resolve(ModelFolder.CONFIG);
        if (!Files.exists(config) || !Files.exists(folder.resolve(IO))) {
            return false;
        }
        JsonElement found = JsonFile.object(config).get("model_type");
        return found != null && found.isJsonPrimitive() && types.contains(found.getAsString());
    }

    @Override
    public List<Difference> compare(Path folder) throws IOException {
        try (NDManager manager = Torch.newManager();
                Safetensors io = Safetensors.open(folder.resolve(IO))) {
            return compare(manager, folder, io);
        }
    }

    /** Compares what a model makes of inputs; {@code manager} may own the model. */
    abstract List<Difference> compare(NDManager manager, Path folder, TensorFile io) throws IOException;

    /** One result with the reference of its name. */
    static Difference forward(String name, TensorFile io, Supplier<NDArray> ours) {
        double[] values = Scope.compute(() -> Autograd.withoutRecording(() -> doubles(ours.get())));
        return Difference.none(name, FORWARD_LIMIT).and(values, io.doubles(name));
    }

    /**
     * The loss and its gradients by all parameters; nothing where the folder has no gradients.
     *
     * @param loss made from labels
     */
    static List<Difference> gradients(NDManager manager, Path folder, TensorFile io, Parameters parameters, Loss loss)
            throws IOException {
        if (!Files.exists(folder.resolve(GRADIENTS))) {
            return List.of();
        }
        NDArray labels = labels(manager, folder);
        return gradients(folder, io, parameters.asMap(), () -> loss.of(labels));
    }

    /** As above, of a loss whose labels are no class numbers and by tensors of a choice, named as in the reference. */
    static List<Difference> gradients(Path folder, TensorFile io, Map<String, NDArray> tensors, Supplier<NDArray> loss)
            throws IOException {
        if (!Files.exists(folder.resolve(GRADIENTS))) {
            return List.of();
        }
        double value = Autograd.valueAndBackward(loss);
        List<Difference> differences = new ArrayList<>();
        differences.add(Difference.none("loss", FORWARD_LIMIT).and(new double[] {value}, io.doubles("loss")));
        Difference all = Difference.none("gradients of " + tensors.size() + " tensors", GRADIENT_LIMIT);
        try (Safetensors reference = Safetensors.open(folder.resolve(GRADIENTS))) {
            KeyMap names = ParameterFile.origin(reference, List.copyOf(tensors.keySet()), ORIGINS);
            double rounding = ROUNDING / GRADIENT_LIMIT * largest(reference);
            for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
                NDArray gradient = Autograd.gradients(List.of(entry.getValue())).get(0);
                all = all.and(
                        doubles(gradient),
                        reference.doubles(names.source(entry.getKey()).key()),
                        rounding);
            }
        }
        differences.add(all);
        return differences;
    }

    private static double largest(TensorFile gradients) {
        return gradients.names().stream()
                .flatMapToDouble(name -> Arrays.stream(gradients.doubles(name)))
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /** A loss by labels. */
    interface Loss {
        /** labels: [n], int64; one element. */
        NDArray of(NDArray labels);
    }

    private static NDArray labels(NDManager manager, Path folder) throws IOException {
        Path file = folder.resolve("note.json");
        JsonObject note = JsonFile.object(file);
        if (!(note.get("labels") instanceof JsonArray array)) {
            throw new IOException(file + " needs labels, a list of class numbers; add them");
        }
        long[] labels = new long[array.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = array.get(i).getAsLong();
        }
        return manager.create(labels);
    }

    /** Values of a float array. */
    static double[] doubles(NDArray array) {
        float[] values = array.toFloatArray();
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}

package org.spdbook.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.PrefixTable;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.weights.AtomicFile;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * A folder of adapters as Hugging Face peft 0.21 writes and reads it: {@code adapter_config.json} and {@code adapter_model.safetensors}. Bottleneck adapters, which
 * peft does not have, are written in the same way, with the words of LLM-Adapters.
 */
public final class PeftFile {

    /** Name of the file with the kind and the sizes. */
    public static final String CONFIG = "adapter_config.json";

    private static final String WEIGHTS = "adapter_model.safetensors";

    /** What peft puts before the names of the modules it wraps. */
    private static final String WRAPPED = "base_model.model.";

    private PeftFile() {}

    /**
     * Puts the adapters of a folder into a model.
     *
     * @throws IOException if a file is missing or broken
     * @throws IllegalArgumentException if they are of another model, or of a kind that is not here
     */
    public static Attached read(Path folder, Parameters parameters) throws IOException {
        return read(folder, parameters, List.of(KeyMap.hub()));
    }

    /**
     * As above, of a model whose modules have other names elsewhere, as where adapters were trained in transformers' memory.
     *
     * @param origins the first that has all modules of the file tells their names
     */
    public static Attached read(Path folder, Parameters parameters, List<KeyMap> origins) throws IOException {
        try (Safetensors file = Safetensors.open(folder.resolve(WEIGHTS));
                NDManager manager = parameters.newManager()) {
            List<String> adapted = modules(file.names());
            KeyMap origin = origins.stream()
                    .filter(map -> names(map, parameters).keySet().containsAll(adapted))
                    .findFirst()
                    .orElse(KeyMap.hub());
            Map<String, String> ours = names(origin, parameters);
            List<String> modules =
                    adapted.stream().map(name -> ours.getOrDefault(name, name)).toList();
            AdapterConfig config = PeftJson.read(JsonFile.object(folder.resolve(CONFIG)), modules, parameters);
            Attached attached =
                    config.attach(parameters, new SplittableRandom(0)); // values that are overwritten at once
            try {
                attached.tensors().forEach((name, array) -> overwrite(array, file, key(origin, name), manager));
                checkUsed(
                        file,
                        attached.names().stream().map(name -> key(origin, name)).toList());
                return attached;
            } catch (RuntimeException e) {
                attached.detach();
                throw e;
            }
        }
    }

    private static void overwrite(NDArray array, Safetensors file, String key, NDManager manager) {
        NDArray value = file.load(manager, key);
        if (!value.getShape().equals(array.getShape())) {
            throw new IllegalArgumentException("adapter tensor " + key + " of shape " + array.getShape()
                    + " is needed for this model, found " + value.getShape()
                    + "; take the model that the adapters were trained on");
        }
        Autograd.withoutRecording(() -> {
            Ops.copy(array, value);
            return null;
        });
    }

    private static void checkUsed(Safetensors file, List<String> keys) {
        List<String> unused = new ArrayList<>(file.names());
        unused.removeAll(keys);
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException(
                    "the adapters' file has " + unused.size() + " tensors of no module of this model, such as "
                            + unused.get(0) + "; take the model that the adapters were trained on");
        }
    }

    /** Names of the modules that a file has adapters for. */
    private static List<String> modules(List<String> keys) {
        return keys.stream()
                .filter(key -> key.startsWith(WRAPPED))
                .map(key -> key.substring(WRAPPED.length())
                        .replaceFirst("\\.(lora_[AB]|adapter_(down|up))\\.(weight|bias)$", ""))
                .distinct()
                .toList();
    }

    /** Modules of a model by their names elsewhere. */
    private static Map<String, String> names(KeyMap origin, Parameters parameters) {
        Map<String, String> names = new LinkedHashMap<>();
        parameters
                .modules()
                .keySet()
                .forEach(name -> names.put(origin.source(name).key(), name));
        return names;
    }

    private static String key(KeyMap origin, String name) {
        return key(name.equals(PrefixTable.NAME) ? name : origin.source(name).key());
    }

    /** Name of a tensor in the file. */
    public static String key(String name) {
        return name.equals(PrefixTable.NAME) ? name : WRAPPED + name;
    }

    /**
     * Writes the adapters of a model. Each file is whole or not there.
     *
     * @param base folder or repository of the model they belong to, for the reader; may be empty
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if the adapters are detached
     */
    public static void write(Path folder, AdapterConfig config, Attached attached, String base) throws IOException {
        if (attached.names().isEmpty()) {
            throw new IllegalStateException(
                    "adapters that are detached were to be written to " + folder + "; write them before that");
        }
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        attached.tensors().forEach((name, array) -> tensors.put(key(name), TensorData.of(array)));
        JsonObject json = PeftJson.write(config, base);
        Files.createDirectories(folder);
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
        AtomicFile.write(
                folder.resolve(CONFIG),
                Objects.requireNonNull(new GsonBuilder()
                                .setPrettyPrinting()
                                .serializeNulls()
                                .create()
                                .toJson(json))
                        .getBytes(StandardCharsets.UTF_8));
    }
}

package org.spdbook.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.nn.Parameters;
import org.spdbook.weights.AtomicFile;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;
import org.spdbook.weights.TensorFile;
import org.spdbook.weights.WeightsFolder;

/**
 * A folder as {@code save_pretrained} of Hugging Face transformers writes it.
 *
 * @param config what {@code config.json} says
 * @param weights its tensors
 */
public record ModelFolder(JsonObject config, TensorFile weights) implements AutoCloseable {

    /** Name of the file with the sizes. */
    public static final String CONFIG = "config.json";

    private static final String WEIGHTS = "model.safetensors";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /**
     * Opens a folder. Its weights may be safetensors or archives of torch.save, see {@link WeightsFolder}.
     *
     * @throws IOException if one of the two is missing or broken
     */
    public static ModelFolder open(Path folder) throws IOException {
        return new ModelFolder(JsonFile.object(folder.resolve(CONFIG)), WeightsFolder.open(folder));
    }

    /**
     * Writes a folder that {@link #open} and {@code from_pretrained} read. Each file is whole or not there.
     *
     * @param config of the model in the words of the hub
     * @throws IOException if it cannot be written
     */
    static void write(Path folder, JsonObject config, Parameters parameters) throws IOException {
        write(folder, config, parameters, parameters.names());
    }

    /** As {@link #write(Path, JsonObject, Parameters)}, of some tensors only, and all buffers. */
    static void write(Path folder, JsonObject config, Parameters parameters, Collection<String> names)
            throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        names.forEach(name -> tensors.put(name, TensorData.of(parameters.get(name))));
        parameters.buffers().forEach((name, array) -> tensors.put(name, TensorData.of(array)));
        Files.createDirectories(folder);
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
        AtomicFile.write(folder.resolve(CONFIG), GSON.toJson(config).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        weights.close();
    }
}

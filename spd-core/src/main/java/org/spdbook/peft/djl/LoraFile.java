package org.spdbook.peft.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.nn.Parameters;
import org.spdbook.peft.LoraConfig;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/** Factors on disk: a safetensors file with their names, and rank and alpha as its metadata. */
final class LoraFile {

    private static final String RANK = "rank";
    private static final String ALPHA = "alpha";

    private LoraFile() {}

    static void write(Path file, LoraConfig config, Parameters factors) throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        factors.asMap().forEach((name, array) -> tensors.put(name, TensorData.of(array)));
        SafetensorsWriter.write(file, tensors, metadata(config));
    }

    private static Map<String, String> metadata(LoraConfig config) {
        return Map.of(RANK, Integer.toString(config.rank()), ALPHA, Double.toString(config.alpha()));
    }

    static void read(Path file, LoraConfig config, Parameters factors, NDManager parent) throws IOException {
        try (Safetensors tensors = Safetensors.open(file);
                NDManager manager = parent.newSubManager()) {
            check(file, tensors, config, factors);
            factors.assign(tensors.loadAll(manager));
        }
    }

    private static void check(Path file, Safetensors tensors, LoraConfig config, Parameters factors) {
        if (!metadata(config).equals(tensors.metadata())) {
            throw new IllegalArgumentException("factors with " + metadata(config) + " are needed, " + file + " has "
                    + tensors.metadata() + "; attach LoRA with the file's rank and alpha");
        }
        if (!new HashSet<>(tensors.names()).equals(factors.asMap().keySet())) {
            throw new IllegalArgumentException("factors of the layers " + factors.names() + " are needed, " + file
                    + " has " + tensors.names() + "; choose the layers that it was made for");
        }
        for (Map.Entry<String, NDArray> factor : factors.asMap().entrySet()) {
            long[] needed = factor.getValue().getShape().getShape();
            long[] found = tensors.info(factor.getKey()).shape();
            if (!Arrays.equals(needed, found)) {
                throw new IllegalArgumentException("factor " + factor.getKey() + " of shape " + Arrays.toString(needed)
                        + " is needed, " + file + " has " + Arrays.toString(found)
                        + "; the file was made for a block of other sizes");
            }
        }
    }
}

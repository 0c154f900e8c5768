package org.spdbook.twin.vision;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.spdbook.torch.Torch;
import org.spdbook.weights.Safetensors;

/**
 * The pre-trained classifier that comes with a world: a safetensors file beside its classes.
 *
 * @param place a class of the world
 * @param provenance the command and recipe that made it
 */
public record ShippedWeights(Class<?> place, String provenance) {

    private static final String FILE = "pretrained.safetensors";

    /** The bytes of a file beside the world's classes. */
    public byte[] resource(String name) {
        try (InputStream in = place.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar of spd-twins");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name + " failed", e);
        }
    }

    /** The bytes of the checkpoint. */
    public byte[] bytes() {
        return resource(FILE);
    }

    /** The classifier; closed by the caller. */
    public Classifier load(NDManager manager) {
        try {
            Path file = Files.createTempFile("pretrained", ".safetensors");
            try {
                Files.write(file, bytes());
                try (Safetensors weights = Safetensors.open(file)) {
                    return new Classifier(TinyVitConfig.defaults(), manager, weights.loadAll(manager));
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the checkpoint of " + place.getSimpleName() + " failed", e);
        }
    }

    /** Facts about the model, in the order to be shown. */
    public Map<String, String> facts() {
        TinyVitConfig config = TinyVitConfig.defaults();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", "vision transformer with a linear head on normalised embeddings");
        facts.put(
                "input",
                config.image() + " x " + config.image() + " x " + config.channels() + ", patch " + config.patch());
        facts.put("width, blocks, heads", config.width() + ", " + config.depth() + ", " + config.heads());
        facts.put("pre-trained by", provenance);
        try (NDManager manager = Torch.newManager();
                Classifier classifier = load(manager)) {
            var all = classifier.parameters().asMap();
            long count = all.values().stream().mapToLong(array -> array.size()).sum();
            facts.put("parameters", String.format(Locale.ROOT, "%,d in %d tensors", count, all.size()));
            facts.put("head", Classifier.HEAD + ", starts as the zero-shot head");
        }
        return facts;
    }
}

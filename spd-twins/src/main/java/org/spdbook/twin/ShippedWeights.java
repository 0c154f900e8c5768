package org.spdbook.twin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.World;
import org.spdbook.optim.OptionSpec;
import org.spdbook.weights.Safetensors;

/**
 * A pre-trained model that comes with a world: a safetensors file beside its classes. Number 0 is the one of all tables; the
 * others were made with another seed, so that it can be seen what depends on it.
 *
 * @param place a class of the world
 * @param provenance the command and recipe that made it, without the seed
 * @param number seed of the pre-training, 0 to {@value #LAST}
 */
public record ShippedWeights(Class<?> place, String provenance, int number) {

    private static final int LAST = 2;

    /** The one of all tables. */
    public ShippedWeights(Class<?> place, String provenance) {
        this(place, provenance, 0);
    }

    /** What chooses among them, for {@link World#settings}. */
    public OptionSpec setting() {
        return OptionSpec.choice(
                World.PRETRAINED,
                Integer.toString(number),
                "seed of the pre-training",
                IntStream.rangeClosed(0, LAST).mapToObj(Integer::toString).toList());
    }

    /**
     * Those that settings of the world choose; these where they choose none.
     *
     * @throws IllegalArgumentException if there are none of this number
     */
    public ShippedWeights chosen(Map<String, String> settings) {
        String word = settings.getOrDefault(World.PRETRAINED, Integer.toString(number));
        Known.require(World.PRETRAINED, word, setting().values());
        return new ShippedWeights(place, provenance, Integer.parseInt(word));
    }

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
        return resource(number == 0 ? "pretrained.safetensors" : "pretrained-" + number + ".safetensors");
    }

    /** All tensors by name, owned by a manager. */
    public Map<String, NDArray> tensors(NDManager manager) {
        try {
            Path file = Files.createTempFile("pretrained", ".safetensors");
            try {
                Files.write(file, bytes());
                try (Safetensors weights = Safetensors.open(file)) {
                    return weights.loadAll(manager);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the checkpoint of " + place.getSimpleName() + " failed", e);
        }
    }

    /** What made it: command, recipe and seed. */
    public String madeBy() {
        return provenance + ", seed " + number;
    }
}

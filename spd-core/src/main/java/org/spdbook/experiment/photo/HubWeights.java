package org.spdbook.experiment.photo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spdbook.model.ModelFolder;
import org.spdbook.weights.Checksum;

/**
 * Pre-trained weights as a folder of the Hugging Face hub.
 *
 * @param repository its name there, such as {@code openai/clip-vit-base-patch16}
 * @param model for people, such as {@code CLIP ViT-B/16}
 */
public record HubWeights(String repository, String model) {

    private static final String WEIGHTS = "model.safetensors";

    /** The folder in which they are looked for. */
    public Path folder() {
        return Place.WEIGHTS.resolve(repository);
    }

    /** The file of that folder. */
    public Path file(String name) {
        return folder().resolve(name);
    }

    /** What was looked for, where, and how to get it; empty if it is there. */
    public String lack() {
        List<String> missing = List.of(ModelFolder.CONFIG, WEIGHTS).stream()
                .filter(name -> !Files.isRegularFile(file(name)))
                .toList();
        return missing.isEmpty()
                ? ""
                : "the weights of " + model + " were looked for in " + folder() + ", which has no "
                        + String.join(" and no ", missing) + " (" + Place.WEIGHTS.choice()
                        + "; get them with: huggingface-cli download " + repository + " --local-dir " + folder() + ")";
    }

    /** SHA-256 over the files, in hexadecimal. */
    public String checksum() {
        try {
            return Checksum.of(file(ModelFolder.CONFIG)) + Checksum.of(file(WEIGHTS));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the weights in " + folder() + " failed: " + e.getMessage(), e);
        }
    }
}

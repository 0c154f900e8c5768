package org.spdbook.experiment.commonsense;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spdbook.data.TextTokenizer;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.weights.Checksum;

/**
 * The {@code tokenizer.json} of LLaMA: beside the weights, or else that of {@value #OTHER}, which has the same tokens, since yahma's
 * repositories have it as {@code tokenizer.model} only.
 *
 * @param weights that the tokenizer is for
 */
record TokenizerFile(HubWeights weights) {

    private static final String OTHER = "huggyllama/llama-7b";

    private List<Path> places() {
        return List.of(weights.file(TextTokenizer.FILE), new HubWeights(OTHER, "LLaMA").file(TextTokenizer.FILE));
    }

    /** Where it is, or where it is looked for first if it is not there. */
    Path path() {
        return places().stream().filter(Files::isRegularFile).findFirst().orElse(places().get(0));
    }

    /** What was looked for, where, and how to get it; empty if it is there. */
    String lack() {
        return Files.isRegularFile(path())
                ? ""
                : "the tokenizer of LLaMA was looked for in " + places().get(0) + " and in "
                        + places().get(1) + ", found: neither (get one with: spd pull " + OTHER + " "
                        + TextTokenizer.FILE + ")";
    }

    /** SHA-256, in hexadecimal; it is there. */
    String checksum() {
        try {
            return Checksum.of(path());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("reading the tokenizer " + path() + " failed: " + e.getMessage(), e);
        }
    }
}

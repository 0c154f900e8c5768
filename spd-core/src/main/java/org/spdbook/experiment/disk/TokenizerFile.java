package org.spdbook.experiment.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spdbook.data.TextTokenizer;
import org.spdbook.weights.Checksum;

/**
 * The {@code tokenizer.json} of a model: beside the weights; of the first LLaMA else that of {@value #OTHER}, which has the same tokens, since
 * yahma's repositories have it as {@code tokenizer.model} only.
 *
 * @param weights that the tokenizer is for
 */
public record TokenizerFile(HubWeights weights) {

    private static final String FIRST = "yahma/llama-";
    private static final String OTHER = "huggyllama/llama-7b";

    /** Another repository's is taken for published weights of the first LLaMA only: other models may have other words. */
    private List<Path> places() {
        Path own = weights.file(TextTokenizer.FILE);
        return weights.repository().startsWith(FIRST)
                ? List.of(own, new HubWeights(OTHER, "LLaMA").file(TextTokenizer.FILE))
                : List.of(own);
    }

    /** Where it is, or where it is looked for first if it is not there. */
    public Path path() {
        return places().stream().filter(Files::isRegularFile).findFirst().orElse(places().get(0));
    }

    /** What was looked for, where, and how to get it; empty if it is there. */
    public String lack() {
        return Files.isRegularFile(path())
                ? ""
                : "the tokenizer of " + weights.model() + " was looked for in "
                        + String.join(
                                " and in ",
                                places().stream().map(Path::toString).toList())
                        + ", found: none ("
                        + (places().size() > 1
                                ? "get one with: spd pull " + OTHER + " " + TextTokenizer.FILE
                                : "put the " + TextTokenizer.FILE + " of the model there")
                        + ")";
    }

    /** SHA-256, in hexadecimal; it is there. */
    public String checksum() {
        try {
            return Checksum.of(path());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the tokenizer " + path() + " failed: " + e.getMessage(), e);
        }
    }
}

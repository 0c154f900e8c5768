package org.spdbook.data;

import java.io.IOException;
import java.nio.file.Path;

/** From texts to ids by a {@code tokenizer.json} of the Hugging Face hub, without truncation or padding. Thread-safe. */
public final class Tokenizer implements AutoCloseable {

    private final TextTokenizer tokenizer;

    private Tokenizer(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads a file.
     *
     * @param file {@code tokenizer.json}
     * @return closed by the caller
     * @throws IOException if it is missing or broken
     * @throws IllegalStateException if the optional library is not on the class path; says which artifact to add
     */
    public static Tokenizer open(Path file) throws IOException {
        return new Tokenizer(TextTokenizer.open(file));
    }

    /** Ids of a text, with those that the tokenizer sets around it. */
    public long[] ids(String text) {
        return tokenizer.encode(text);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

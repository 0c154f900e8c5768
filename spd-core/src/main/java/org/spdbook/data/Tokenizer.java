package org.spdbook.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** From texts to ids by a {@code tokenizer.json} of the Hugging Face hub, without truncation or padding. Thread-safe. */
public final class Tokenizer implements AutoCloseable {

    private final HuggingFaceTokenizer tokenizer;

    private Tokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads a file.
     *
     * @param file {@code tokenizer.json}
     * @return closed by the caller
     * @throws IOException if it is missing or broken
     */
    public static Tokenizer open(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException("a tokenizer was looked for in " + file
                    + ", which is not there; get it from the repository of the weights");
        }
        try {
            return new Tokenizer(HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optTruncation(false)
                    .optPadding(false)
                    .build());
        } catch (RuntimeException e) {
            throw new IOException("tokenizer " + file + " cannot be read: " + e.getMessage() + "; get it anew", e);
        }
    }

    /** Ids of a text, with those that the tokenizer sets around it. */
    public long[] ids(String text) {
        return tokenizer.encode(text).getIds();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

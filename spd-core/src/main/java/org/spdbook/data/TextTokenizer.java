package org.spdbook.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * From texts to ids and back by a {@code tokenizer.json} of the Hugging Face hub, as the Python library {@code tokenizers} does it:
 * nothing is truncated or padded, whatever the file says, and other files beside it change nothing. Never downloads. Needs {@code
 * ai.djl.huggingface:tokenizers} on the class path, which is optional here. Thread-safe until closed.
 *
 * <pre>{@code
 * try (TextTokenizer tokenizer = TextTokenizer.open(Path.of("llama-7b"))) {
 *     long[] ids = tokenizer.encode("the robin flies");
 *     String text = tokenizer.decode(ids);
 * }
 * }</pre>
 */
public final class TextTokenizer implements AutoCloseable {

    /** The file of a folder. */
    public static final String FILE = "tokenizer.json";

    private static final long LARGEST_ID = (1L << 32) - 1; // u32 in the native library

    private final HuggingFaceTokenizer tokenizer;
    private final Vocabulary vocabulary;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, Vocabulary vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads a file.
     *
     * @param folderOrFile a {@code tokenizer.json}, or the folder with one
     * @return closed by the caller
     * @throws IOException if it is missing or broken, or the natives cannot be unpacked into DJL's cache
     * @throws IllegalStateException if the library is not on the class path; says which artifact to add
     */
    public static TextTokenizer open(Path folderOrFile) throws IOException {
        Path file = Files.isDirectory(folderOrFile) ? folderOrFile.resolve(FILE) : folderOrFile;
        if (Files.notExists(file)) {
            throw new IOException("a tokenizer was looked for in " + file
                    + ", which is not there; get it from the repository of the weights");
        }
        String json;
        Vocabulary vocabulary;
        try {
            json = Files.readString(file);
            vocabulary = Vocabulary.parse(json);
        } catch (CharacterCodingException e) {
            throw new IOException("tokenizer " + file + " cannot be read: it is not UTF-8 text; get it anew", e);
        } catch (IOException e) {
            throw new IOException("tokenizer " + file + " cannot be read: " + e.getMessage() + "; get it anew", e);
        }
        NativeTokenizers.load();
        try {
            return new TextTokenizer(NativeTokenizers.of(json), vocabulary);
        } catch (RuntimeException e) {
            throw new IOException("tokenizer " + file + " cannot be read: " + e.getMessage() + "; get it anew", e);
        }
    }

    /**
     * Ids of a text, with the special ones that the file sets around it, such as that of the beginning.
     *
     * @param text of any length
     * @throws IllegalArgumentException if it holds half of a surrogate pair
     */
    public long[] encode(String text) {
        return ids(text, true);
    }

    /**
     * Ids of a text alone. Special tokens that are written out in it still get their ids.
     *
     * @param text of any length
     * @throws IllegalArgumentException if it holds half of a surrogate pair
     */
    public long[] encodePlain(String text) {
        return ids(text, false);
    }

    private long[] ids(String text, boolean special) {
        for (int i = 0; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (Character.isSupplementaryCodePoint(point)) {
                i++;
            } else if (Character.isSurrogate((char) point)) {
                throw new IllegalArgumentException("a text to encode holds half of a surrogate pair at character " + i
                        + "; take it out, it is no character");
            }
        }
        return tokenizer.encode(text, special, false).getIds();
    }

    /**
     * The text of ids, without special tokens: {@code decode(ids, skip_special_tokens=True)} of Python.
     *
     * @param ids those without a token are left out
     * @throws IllegalArgumentException if one is negative or does not fit into 32 bits
     */
    public String decode(long[] ids) {
        return decode(ids, false);
    }

    /**
     * The text of ids.
     *
     * @param ids those without a token are left out
     * @param keepSpecial whether special tokens are written out
     * @throws IllegalArgumentException if one is negative or does not fit into 32 bits
     */
    public String decode(long[] ids, boolean keepSpecial) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] > LARGEST_ID) {
                throw new IllegalArgumentException("ids to decode must be 0.." + LARGEST_ID + ", got " + ids[i]
                        + " at position " + i + "; take out what marks ignored positions");
            }
        }
        return tokenizer.decode(ids, !keepSpecial);
    }

    /** The id of a token as the file spells it, such as {@code </s>} or {@code ▁the}; empty where there is none. */
    public OptionalLong id(String token) {
        Long id = vocabulary.ids().get(token);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /** Number of tokens, added ones included: {@code len(tokenizer)} of Python. Embeddings may have more rows. */
    public int vocabularySize() {
        return vocabulary.ids().size();
    }

    /** Frees native memory; nothing may be asked afterwards. */
    @Override
    public void close() {
        tokenizer.close();
    }
}

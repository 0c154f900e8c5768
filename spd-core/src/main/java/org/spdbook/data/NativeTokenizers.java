package org.spdbook.data;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.Utils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The native library behind {@link TextTokenizer}, unpacked from its jar into DJL's cache by the first use. */
final class NativeTokenizers {

    private static final String ARTIFACT = "ai.djl.huggingface:tokenizers";
    private static final String FLAVOR = "RUST_FLAVOR";

    /** All that the library would do on its own: cut after 512 ids, fill up, leave special ids away. */
    private static final Map<String, String> OPTIONS = Map.of(
            "truncation", "false", "padding", "false", "addSpecialTokens", "true", "withOverflowingTokens", "false");

    private NativeTokenizers() {}

    /**
     * Loads the natives; several processes may do so at once, as they are unpacked elsewhere and then moved into place.
     *
     * @throws IOException if they cannot be unpacked or loaded
     * @throws IllegalStateException if the library is not on the class path
     */
    static void load() throws IOException {
        System.setProperty("ai.djl.offline", "true");
        if (System.getProperty(FLAVOR) == null) {
            System.setProperty(FLAVOR, "cpu"); // others are downloaded
        }
        try {
            Files.createDirectories(cache()); // the library would only log why it cannot
            LibUtils.checkStatus();
        } catch (NoClassDefFoundError e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                throw new IllegalStateException(
                        "a tokenizer needs " + ARTIFACT + ", which is not on the class path; add this artifact in the "
                                + "version of ai.djl:api",
                        e);
            }
            throw broken(e);
        } catch (LinkageError | EngineException | IOException e) {
            throw broken(e);
        }
    }

    private static IOException broken(Throwable e) {
        return new IOException(
                "the natives of " + ARTIFACT + " cannot be unpacked and loaded from " + cache() + " (" + reason(e)
                        + "); make the folder writable and delete what is in it, or name another in DJL_CACHE_DIR",
                e);
    }

    private static Path cache() {
        return Utils.getEngineCacheDir("tokenizers");
    }

    private static String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    /** A tokenizer by the text of its file, with nothing truncated or padded; closed by the caller. */
    static HuggingFaceTokenizer of(String json) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), OPTIONS);
    }
}

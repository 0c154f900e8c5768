package org.spdbook.kernel.display;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One value in several representations, keyed by MIME type: what Jupyter calls a MIME bundle.
 *
 * <p>A front-end shows the richest one it knows; {@code text/plain} is always there and reads as a sentence, because
 * front-ends use it as alternative text. Immutable.
 *
 * @param data MIME type to content: a {@code String}, or for JSON types a tree of maps, lists, strings and numbers;
 *     binary content as Base64
 * @param metadata MIME type to rendering hints; usually empty
 */
public record DisplayBundle(Map<String, Object> data, Map<String, Object> metadata) {

    static final String PLAIN = "text/plain";
    static final String HTML = "text/html";

    public DisplayBundle {
        if (!data.containsKey(PLAIN)) {
            throw new IllegalArgumentException("a display bundle needs text/plain, found only " + data.keySet()
                    + "; start with DisplayBundle.text(sentence)");
        }
        data = trees(data);
        metadata = trees(metadata);
    }

    /** So that whatever a renderer put in can be sent: a value that JSON does not have becomes its text. */
    private static Map<String, Object> trees(Map<String, Object> contents) {
        Map<String, Object> trees = new LinkedHashMap<>();
        contents.forEach(
                (mimeType, content) -> trees.put(mimeType, content instanceof String ? content : JsonTree.of(content)));
        return Collections.unmodifiableMap(trees);
    }

    /** A bundle of plain text alone; add more with {@link #with}. */
    public static DisplayBundle text(String plain) {
        return new DisplayBundle(Map.of(PLAIN, plain), Map.of());
    }

    /**
     * This bundle and one more representation.
     *
     * @param content as in {@link #data}; a {@code byte[]} becomes Base64
     * @throws IllegalArgumentException if the content holds itself
     */
    public DisplayBundle with(String mimeType, Object content) {
        Map<String, Object> all = new LinkedHashMap<>(data);
        all.put(mimeType, content instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : content);
        return new DisplayBundle(all, metadata);
    }

    /**
     * This bundle with hints for one representation, in place of earlier ones for it.
     *
     * @param hints such as {@code width} and {@code height} in pixels for a picture, {@code isolated} true for HTML that
     *     must not touch the page around it
     */
    public DisplayBundle withMetadata(String mimeType, Map<String, ?> hints) {
        Map<String, Object> all = new LinkedHashMap<>(metadata);
        all.put(mimeType, Map.copyOf(hints));
        return new DisplayBundle(data, all);
    }

    /** This bundle with every picture in it shown at a size, in pixels of the page. */
    public DisplayBundle sized(int width, int height) {
        DisplayBundle sized = this;
        for (String mimeType : data.keySet()) {
            if (mimeType.startsWith("image/")) {
                sized = sized.withMetadata(mimeType, Map.of("width", width, "height", height));
            }
        }
        return sized;
    }

    /** This bundle with the named representations alone, and {@code text/plain}; without names this bundle. */
    public DisplayBundle only(String... mimeTypes) {
        if (mimeTypes.length == 0) {
            return this;
        }
        Map<String, Object> kept = new LinkedHashMap<>(data);
        kept.keySet()
                .removeIf(name -> !name.equals(PLAIN) && !List.of(mimeTypes).contains(name));
        return new DisplayBundle(kept, metadata);
    }

    /** The {@code text/plain} representation. */
    public String plain() {
        return String.valueOf(data.get(PLAIN));
    }
}

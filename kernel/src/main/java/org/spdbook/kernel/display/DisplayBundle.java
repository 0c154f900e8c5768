package org.spdbook.kernel.display;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value in several representations, keyed by MIME type: what Jupyter calls a MIME bundle.
 *
 * <p>A front-end shows the richest one it knows; {@code text/plain} is always there and reads as a sentence, because
 * front-ends use it as alternative text.
 *
 * @param data MIME type to content: a {@code String}, or for JSON types a tree of maps, lists, strings and numbers;
 *     binary content as Base64
 * @param metadata MIME type to rendering hints; usually empty
 */
public record DisplayBundle(Map<String, Object> data, Map<String, Object> metadata) {

    public DisplayBundle {
        if (!data.containsKey("text/plain")) {
            throw new IllegalArgumentException("a display bundle needs text/plain, found only " + data.keySet()
                    + "; start with DisplayBundle.text(sentence)");
        }
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A bundle of plain text alone; add more with {@link #with}. */
    public static DisplayBundle text(String plain) {
        return new DisplayBundle(Map.of("text/plain", plain), Map.of());
    }

    /** This bundle and one more representation. */
    public DisplayBundle with(String mimeType, Object content) {
        Map<String, Object> all = new LinkedHashMap<>(data);
        all.put(mimeType, content);
        return new DisplayBundle(all, metadata);
    }

    /** The {@code text/plain} representation. */
    public String plain() {
        return String.valueOf(data.get("text/plain"));
    }
}

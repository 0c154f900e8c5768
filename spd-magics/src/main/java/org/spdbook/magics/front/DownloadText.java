package org.spdbook.magics.front;

import java.util.Locale;

/**
 * How far a download is.
 *
 * @param name of the file
 * @param done bytes there are
 * @param size bytes of the whole file
 * @param loaded bytes that came over this connection
 * @param seconds that it took for them
 */
record DownloadText(String name, long done, long size, long loaded, double seconds) {

    /** {@code model.safetensors: 120 of 599 MB, 20 %, 12.3 MB/s, 39 s left}. */
    String line() {
        double unit = size >= 1_000_000 ? 1e6 : 1e3;
        String unitName = size >= 1_000_000 ? "MB" : "kB";
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %.0f of %.0f %s, %d %%",
                name,
                Math.floor(done / unit),
                Math.ceil(size / unit),
                unitName,
                size == 0 ? 100 : 100 * done / size));
        if (loaded > 0 && seconds > 0) {
            double rate = loaded / seconds;
            line.append(String.format(Locale.ROOT, ", %.1f MB/s, %.0f s left", rate / 1e6, (size - done) / rate));
        }
        return line.toString();
    }

    /** The line with a bar before it. */
    String html() {
        return "<progress value=\"" + done + "\" max=\"" + Math.max(1, size)
                + "\" style=\"width:14em;vertical-align:middle\"></progress> <code>" + escaped(line()) + "</code>";
    }

    /** Names come from repositories. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

package org.spdbook.kernel.display;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pictures in a file format that front-ends show, known by their first bytes. */
final class PictureFile {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 30_000;
    private static final int HEAD = 1024;
    private static final String SVG = "image/svg+xml";

    private static final Map<String, String> NAMES =
            Map.of("image/png", "PNG", "image/jpeg", "JPEG", "image/gif", "GIF", "image/webp", "WebP", SVG, "SVG");

    private PictureFile() {}

    static DisplayBundle bundle(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException("there is no picture " + file.toAbsolutePath() + "; relative paths begin at "
                    + Path.of("").toAbsolutePath());
        }
        return bundle(Files.readAllBytes(file), file.toString());
    }

    static DisplayBundle bundle(URL address) throws IOException {
        URLConnection connection = address.openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        try (InputStream in = connection.getInputStream()) {
            return bundle(in.readAllBytes(), address.toString());
        }
    }

    static DisplayBundle bundle(byte[] file) {
        return bundle(file, "the array");
    }

    private static DisplayBundle bundle(byte[] file, String place) {
        String type = type(file)
                .orElseThrow(() -> new IllegalArgumentException(place
                        + " is no PNG, JPEG, GIF, WebP or SVG: it begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(8, file.length))
                        + "; read other formats with ImageIO.read and show the picture it gives"));
        var text = DisplayBundle.text(
                String.format(Locale.ROOT, "A picture (%s, %,d bytes).", NAMES.get(type), file.length));
        return text.with(type, type.equals(SVG) ? new String(file, StandardCharsets.UTF_8) : file);
    }

    /** The MIME type that the first bytes tell. */
    static Optional<String> type(byte[] file) {
        String head = new String(file, 0, Math.min(HEAD, file.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Optional.of("image/gif");
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of("image/webp");
        }
        String text = head.stripLeading();
        return (text.startsWith("<") || text.startsWith("\u00ef\u00bb\u00bf<")) && text.contains("<svg")
                ? Optional.of(SVG)
                : Optional.empty();
    }
}

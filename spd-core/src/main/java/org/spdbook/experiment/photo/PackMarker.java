package org.spdbook.experiment.photo;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.spdbook.weights.AtomicFile;
import org.spdbook.weights.JsonFile;

/**
 * What a folder of packed pictures says of itself, in {@code packed.json}.
 *
 * @param shortSide of the copies, in pixels; smaller pictures are as they were
 * @param quality of those that are JPEG files
 * @param source checksum of the names of the originals
 * @param pictures copies that there are in the end
 * @param leftOut originals that could not be used
 * @param complete whether all copies are there
 */
public record PackMarker(int shortSide, int quality, String source, int pictures, int leftOut, boolean complete) {

    /** Name of the file. */
    public static final String FILE = "packed.json";

    private static final String SHORT_SIDE = "short-side";
    private static final String QUALITY = "jpeg-quality";
    private static final String SOURCE = "names-of-originals";
    private static final String PICTURES = "pictures";
    private static final String LEFT_OUT = "left-out";
    private static final String COMPLETE = "complete";

    /**
     * That of a folder; empty if the pictures in it are no copies.
     *
     * @throws IOException if it cannot be read, in one sentence
     */
    public static Optional<PackMarker> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        JsonObject json = JsonFile.object(file);
        try {
            return Optional.of(new PackMarker(
                    json.get(SHORT_SIDE).getAsInt(),
                    json.get(QUALITY).getAsInt(),
                    json.get(SOURCE).getAsString(),
                    json.get(PICTURES).getAsInt(),
                    json.get(LEFT_OUT).getAsInt(),
                    json.get(COMPLETE).getAsBoolean()));
        } catch (RuntimeException e) {
            throw new IOException(
                    file + " does not say how the pictures were packed (" + e.getMessage()
                            + "); restore it, or pack them again into an empty folder",
                    e);
        }
    }

    /** Writes it, in one move. */
    void writeTo(Path folder) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty(SHORT_SIDE, shortSide);
        json.addProperty("kernel", "bicubic");
        json.addProperty(QUALITY, quality);
        json.addProperty(SOURCE, source);
        json.addProperty(PICTURES, pictures);
        json.addProperty(LEFT_OUT, leftOut);
        json.addProperty(COMPLETE, complete);
        String text = new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n";
        AtomicFile.write(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether copies may be added to those that were begun so. */
    boolean goesOnWith(PackMarker other) {
        return shortSide == other.shortSide && quality == other.quality && source.equals(other.source);
    }

    /** For people: what the pictures are. */
    public String words() {
        return "copies with a short side of at most " + shortSide + " pixels (bicubic, JPEG quality " + quality
                + ", 4:4:4), which differ from the originals: crops are taken of less detail, and test pictures are"
                + " resized twice" + (leftOut == 0 ? "" : "; left out, as they cannot be used: " + leftOut)
                + (complete ? "" : "; not finished");
    }
}

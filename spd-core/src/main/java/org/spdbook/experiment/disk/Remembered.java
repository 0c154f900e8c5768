package org.spdbook.experiment.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read of files, for as long as their sizes and times of change stay the same: cells of a table ask for the same of many
 * gigabytes. Thread-safe.
 *
 * @param <V> what is read
 */
public final class Remembered<V> {

    private final Map<List<Path>, Known<V>> all = new HashMap<>();

    private record Stamp(long size, FileTime changed) {}

    private record Known<V>(List<Stamp> stamps, V value) {}

    /** Reads files. */
    @FunctionalInterface
    public interface Reading<V> {

        /**
         * What is in them.
         *
         * @throws IOException if one cannot be read
         */
        V read() throws IOException;
    }

    /**
     * What is in files, read if it is not known.
     *
     * @param files absolute
     * @throws IOException if one cannot be read
     */
    public synchronized V of(List<Path> files, Reading<V> reading) throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files) {
            stamps.add(new Stamp(Files.size(file), Files.getLastModifiedTime(file)));
        }
        Known<V> known = all.get(files);
        if (known == null || !known.stamps.equals(stamps)) {
            known = new Known<>(stamps, reading.read());
            all.put(List.copyOf(files), known);
        }
        return known.value;
    }
}

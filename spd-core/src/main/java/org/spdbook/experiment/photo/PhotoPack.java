package org.spdbook.experiment.photo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.ImageFile;
import org.spdbook.data.Jpeg;
import org.spdbook.data.Pixels;
import org.spdbook.data.Png;
import org.spdbook.data.Resampling;
import org.spdbook.data.Resize;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.PackProgress;
import org.spdbook.train.Cancel;

/**
 * Writes smaller copies of the pictures of a data set once, on all cores, into a folder of the same layout: the short side is resized
 * to a length (bicubic) and saved as JPEG, or as PNG where the name says so; smaller pictures are copied as they are. Pictures that
 * cannot be used are named and left out. What is there whole is skipped, so that it goes on where it was stopped. A {@link PackMarker}
 * says how it was done.
 */
public final class PhotoPack {

    /** Names what was left out, a sentence per line. */
    public static final String LEFT_OUT = "left-out.txt";

    private static final int QUALITY = 95;
    private static final int SMALLEST = 16;
    private static final int SAMPLE = 32;
    private static final int BLOCK = 4096;
    private static final int NAMED = 5;

    private final Path source;
    private final Path target;
    private final PackMarker marker;
    private final ToLongFunction<Path> freeSpace;

    /**
     * Copies of a data set.
     *
     * @param source folder of the originals
     * @param target of the copies; empty, not there yet, or begun with the same short side
     * @param shortSide of the copies in pixels, at least 16
     * @param names checksum of the names of the originals
     * @throws IllegalArgumentException if the short side is too small
     */
    public PhotoPack(Path source, Path target, int shortSide, String names) {
        this(source, target, shortSide, names, PhotoPack::freeSpace);
    }

    PhotoPack(Path source, Path target, int shortSide, String names, ToLongFunction<Path> freeSpace) {
        if (shortSide < SMALLEST) {
            throw new IllegalArgumentException("copies have a short side of at least " + SMALLEST + " pixels, got "
                    + shortSide + "; choose e.g. 256");
        }
        this.source = source.toAbsolutePath().normalize();
        this.target = target.toAbsolutePath().normalize();
        this.marker = new PackMarker(shortSide, QUALITY, names, 0, 0, false);
        this.freeSpace = freeSpace;
    }

    private static long freeSpace(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // then the disk itself will say when it is full
        }
    }

    /**
     * Writes all copies that are not there yet.
     *
     * @param pictures names below the folder, with {@code /}
     * @param others files that are copied as they are, where they are there, and folders that are made
     * @param cancel asked before every picture
     * @return complete if no copy is missing but those of pictures that cannot be used
     * @throws IOException if the folder cannot be written, is too small, or holds something else, in one sentence
     */
    public DataCheck write(List<String> pictures, List<String> others, PackProgress progress, Cancel cancel)
            throws IOException {
        requireOwn();
        for (Path folder : pictures.stream().map(this::folderOf).distinct().toList()) {
            Files.createDirectories(folder);
        }
        for (String other : others) {
            if (Files.isDirectory(source.resolve(other))) {
                Files.createDirectories(target.resolve(other));
            } else if (Files.exists(source.resolve(other))) {
                Files.copy(source.resolve(other), target.resolve(other), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<String> missing =
                pictures.stream().filter(name -> !isWhole(target.resolve(name))).toList();
        int there = pictures.size() - missing.size();
        requireSpace(missing, there, progress);
        Map<String, String> bad = new ConcurrentSkipListMap<>();
        var done = new AtomicInteger(there);
        try {
            missing.parallelStream().filter(name -> !cancel.isAsked()).forEach(name -> {
                String sentence = pack(name);
                if (sentence != null) {
                    bad.put(name, sentence);
                }
                progress.packed(done.incrementAndGet(), pictures.size());
            });
        } catch (UncheckedIOException e) {
            throw new IOException(
                    "a copy could not be written: " + e.getCause() + "; mend that and give the same command again, it"
                            + " goes on where it stopped",
                    e);
        }
        boolean complete = done.get() == pictures.size();
        if (complete) {
            Files.write(target.resolve(LEFT_OUT), bad.values(), StandardCharsets.UTF_8);
            new PackMarker(marker.shortSide(), QUALITY, marker.source(), pictures.size() - bad.size(), bad.size(), true)
                    .writeTo(target);
        }
        return new DataCheck(
                facts(pictures.size(), done.get() - bad.size(), there, List.copyOf(bad.values())), complete);
    }

    /** Refuses folders whose files are not copies begun alike. */
    private void requireOwn() throws IOException {
        if (target.equals(source)) {
            throw new IOException("copies would be written over the originals in " + source + "; name another folder");
        }
        if (PackMarker.in(source).isPresent()) {
            throw new IOException("the pictures in " + source + " are copies themselves (" + PackMarker.FILE
                    + "); pack the originals");
        }
        Files.createDirectories(target);
        Optional<PackMarker> before = PackMarker.in(target);
        if (before.isPresent() && !before.get().goesOnWith(marker)) {
            boolean same = before.get().source().equals(marker.source());
            throw new IOException("folder " + target + " holds copies "
                    + (same
                            ? "with a short side of " + before.get().shortSide() + ", not " + marker.shortSide()
                            : "of other pictures")
                    + "; name another folder");
        }
        if (before.isEmpty()) {
            try (var files = Files.list(target)) {
                if (files.findAny().isPresent()) {
                    throw new IOException("folder " + target + " is not empty and has no " + PackMarker.FILE
                            + "; name an empty folder, or one of copies to go on with");
                }
            }
        }
        marker.writeTo(target);
    }

    /** Estimates by some of the pictures what the copies will take. */
    private void requireSpace(List<String> missing, int there, PackProgress progress) throws IOException {
        long bytes = 0;
        int measured = 0;
        for (int i = 0; i < Math.min(SAMPLE, missing.size()); i++) {
            try {
                bytes += copy(missing.get((int) ((long) i * missing.size() / Math.min(SAMPLE, missing.size())))).length;
                measured++;
            } catch (IOException e) {
                // it will be named when its turn comes
            }
        }
        long needed = measured == 0 ? 0 : (bytes / measured + BLOCK) * missing.size();
        long free = freeSpace.applyAsLong(target);
        if (needed > free) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%,d copies need about %.1f GB, but the disk of %s has %.1f GB free; name a folder on a larger one",
                    missing.size(),
                    needed / 1e9,
                    target,
                    free / 1e9));
        }
        progress.begin(there, there + missing.size(), needed, free);
    }

    private Path folderOf(String picture) {
        return Objects.requireNonNull(target.resolve(picture).getParent());
    }

    /** Whether a copy is there with the end of its kind of file: a power cut may leave a file of zeros. */
    private static boolean isWhole(Path file) {
        try (var channel = Files.newByteChannel(file)) {
            long size = channel.size();
            var end = ByteBuffer.allocate(2);
            return size > 2 && channel.position(size - 2).read(end) == 2 && end.getShort(0) != 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The sentence of a picture that cannot be used, else null. */
    private @Nullable String pack(String name) {
        byte[] copy;
        try {
            copy = copy(name);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        Path file = target.resolve(name);
        Path temporary = folderOf(name)
                .resolve(
                        "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.write(temporary, copy); // not forced to disk, which would take longer than all else: isWhole looks
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return null;
        } catch (IOException e) {
            deleted(temporary);
            throw new UncheckedIOException(e);
        }
    }

    private static void deleted(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            return; // nothing reads it
        }
    }

    private byte[] copy(String name) throws IOException {
        Path file = source.resolve(name);
        Pixels picture = ImageFile.rgb(file);
        if (Math.min(picture.height(), picture.width()) <= marker.shortSide()) {
            return Files.readAllBytes(file);
        }
        Pixels small = Resize.toShortSide(marker.shortSide(), picture, Resampling.BICUBIC)
                .apply(picture);
        return name.toLowerCase(Locale.ROOT).endsWith(".png") ? Png.of(small) : Jpeg.of(small, QUALITY);
    }

    private Map<String, String> facts(int all, int copies, int there, List<String> bad) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("packed", marker.shortSide() + " pixels on the short side, in " + target);
        facts.put("copies", String.format(Locale.ROOT, "%,d of %,d, %,d of them there before", copies, all, there));
        facts.put(
                "cannot be used",
                bad.isEmpty()
                        ? "none"
                        : bad.size() + ", left out: "
                                + String.join("; ", bad.subList(0, Math.min(NAMED, bad.size())))
                                + (bad.size() > NAMED ? "; ..., all in " + LEFT_OUT : ""));
        facts.put(
                "next",
                copies + bad.size() == all
                        ? "train on them with SPD_DATA=" + target
                        : "interrupted; the same command goes on where it stopped");
        return facts;
    }
}

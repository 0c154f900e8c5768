package org.spdbook.experiment.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.spdbook.model.ModelFolder;
import org.spdbook.weights.Checksum;
import org.spdbook.weights.hub.HubCache;
import org.spdbook.weights.hub.HubFile;

/**
 * Pre-trained weights by their repository on the Hugging Face hub: in a folder of that name (see {@link Place}), or else in the cache of the
 * hub's own programs, where {@code spd pull} puts them. Or those of a folder of one's own.
 *
 * @param repository such as {@code openai/clip-vit-base-patch16}, or the absolute path of a folder
 * @param revision branch of the repository; counts for the cache alone
 * @param model for people, such as {@code CLIP ViT-B/16}
 */
public record HubWeights(String repository, String revision, String model) {

    /** What a setting says for the weights of the experiment. */
    public static final String USUAL = "usual";

    private static final Remembered<String> CHECKSUMS = new Remembered<>();
    private static final List<String> ENDINGS = List.of(".json", ".safetensors", ".bin", ".pt", ".pth");

    /** Those of the main branch. */
    public HubWeights(String repository, String model) {
        this(repository, HubFile.MAIN, model);
    }

    /**
     * Those that a setting asks for.
     *
     * @param asked {@value #USUAL}, a repository on the hub, or a folder
     * @param usual what the first word means
     * @param name of what the others mean, for people
     * @throws IllegalArgumentException if it can be none of these
     */
    public static HubWeights of(String asked, HubWeights usual, String name) {
        if (asked.equals(USUAL)) {
            return usual;
        }
        if (Files.isDirectory(Path.of(asked))) {
            return new HubWeights(Path.of(asked).toAbsolutePath().normalize().toString(), name);
        }
        if (!asked.matches("[\\w.-]+/[\\w.-]+")) {
            throw new IllegalArgumentException("weights takes " + USUAL + ", a repository on the hub such as "
                    + usual.repository + ", or a folder; " + asked
                    + " is none of these, and no such folder is there");
        }
        return new HubWeights(asked, name);
    }

    /** The folder with the files, or where it should be. */
    public Path folder() {
        Path own = Place.WEIGHTS.resolve(repository);
        return isOwn() || Files.isDirectory(own)
                ? own
                : HubCache.here().snapshot(repository, revision).orElse(own);
    }

    private boolean isOwn() {
        return Path.of(repository).isAbsolute();
    }

    /** A file of that folder, which need not be there. */
    public Path file(String name) {
        return folder().resolve(name);
    }

    /** What was looked for, where, and how to get it; empty if it is there. */
    public String lack() {
        String found = "";
        try (ModelFolder files = ModelFolder.open(folder())) {
            return files.weights().names().isEmpty() ? lack("weights that are empty") : "";
        } catch (IOException | RuntimeException e) {
            found = Files.isDirectory(folder()) ? String.valueOf(e.getMessage()) : "no such folder";
        }
        return lack(found);
    }

    private String lack(String found) {
        if (isOwn()) {
            return "the weights of " + model + " were looked for in " + folder() + ", found: " + found
                    + "; give a folder with config.json and safetensors or pytorch_model files";
        }
        return "the weights of " + model + " were looked for in " + folder() + " and in "
                + HubCache.here().folder(repository) + ", found: " + found + " (" + Place.WEIGHTS.choice()
                + "; get them with: spd pull " + repository + ")";
    }

    private static String checksum(Path file) throws IOException {
        return CHECKSUMS.of(List.of(file.toAbsolutePath()), () -> Checksum.of(file));
    }

    /** SHA-256 over configuration and weights, in hexadecimal. */
    public String checksum() {
        StringBuilder sums = new StringBuilder();
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.filter(
                            one -> ENDINGS.stream().anyMatch(one.getFileName().toString()::endsWith))
                    .sorted(Comparator.comparing(one -> one.getFileName().toString()))
                    .toList()) {
                sums.append(file.getFileName()).append(checksum(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the weights in " + folder() + " failed: " + e.getMessage(), e);
        }
        return sums.toString();
    }
}

package org.spdbook.experiment.domainnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.DomainNet;

/**
 * The files that an experiment on DomainNet needs: lists and pictures, and CLIP's weights.
 *
 * @param experiment words for errors: {@code domainnet in profile paper}
 */
record DomainNetFiles(String experiment) {

    /** What this version cannot do yet. */
    static final String NO_TOWER = "CLIP's image tower is not a part of this version yet";

    private static final String REPOSITORY = "openai/clip-vit-base-patch16";

    /** The folder in which lists and pictures are looked for. */
    Path folder() {
        return Place.DATA.resolve("domainnet");
    }

    /** The file in which the weights are looked for. */
    Path weights() {
        return Place.WEIGHTS.resolve(REPOSITORY).resolve("model.safetensors");
    }

    /** Whether the file of weights is there. */
    boolean hasWeights() {
        return Files.isRegularFile(weights());
    }

    /**
     * The data.
     *
     * @throws IllegalStateException if lists or folders are not there, in one sentence
     */
    DomainNet data() {
        Data read = read();
        if (read.data == null) {
            throw new IllegalStateException(experiment + " lacks files: " + read.lack);
        }
        return read.data;
    }

    /** What keeps a run from beginning, in one sentence: files that are not there, and what this version cannot do. */
    IllegalStateException refusal() {
        List<String> lacking = new ArrayList<>();
        String data = read().lack;
        if (!data.isEmpty()) {
            lacking.add(data);
        }
        if (!hasWeights()) {
            lacking.add("the weights of CLIP ViT-B/16 were looked for in " + weights() + ", which is not there ("
                    + Place.WEIGHTS.choice() + "; get them with: huggingface-cli download " + REPOSITORY
                    + " --local-dir " + weights().getParent() + ")");
        }
        return new IllegalStateException(
                lacking.isEmpty()
                        ? experiment + " has its data and weights, but " + NO_TOWER + "; train the twin"
                        : experiment + " lacks files: " + String.join("; and ", lacking) + "; besides, " + NO_TOWER);
    }

    /**
     * What there is of the data.
     *
     * @param data null if lists or folders are not there
     * @param lack what was looked for, where, and how to get it; empty if nothing
     */
    record Data(@Nullable DomainNet data, String lack) {}

    /** Reads the lists, which takes a moment. */
    Data read() {
        try {
            DomainNet data = DomainNet.in(folder());
            List<String> folders = DomainNet.DOMAINS.stream()
                    .filter(domain -> !Files.isDirectory(folder().resolve(domain)))
                    .toList();
            return folders.isEmpty()
                    ? new Data(data, "")
                    : new Data(
                            null,
                            lack("DomainNet's pictures were looked for in " + folder() + ", which has no folder "
                                    + String.join(", ", folders)));
        } catch (IOException e) {
            return new Data(null, lack(String.valueOf(e.getMessage())));
        }
    }

    private static String lack(String what) {
        return what + " (" + Place.DATA.choice() + "; archives and lists are to be had at ai.bu.edu/M3SDA)";
    }
}

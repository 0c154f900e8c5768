package org.spdbook.data.vqa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of the sets are, each in one of two layouts. That of FRAMES-VQA (Huang et al., CVPR 2025) has {@code
 * datasets_files/FOLDER/*.json} and {@code images/coco}, {@code images/iv-vqa} and so on. In the other one the files of a set are as its
 * authors publish them, in a folder with its {@linkplain VqaSet#word word} or in that of FRAMES-VQA, and pictures are in {@code
 * images/coco}, {@code coco} or beside the files. Where both are there the first counts.
 *
 * @param root holds them
 */
public record VqaFiles(Path root) {

    private static final List<String> BELOW = List.of("", "annotations", "Annotations", "questions");

    /** Sets whose files are there. */
    public List<VqaSet> sets() {
        return Arrays.stream(VqaSet.values())
                .filter(set -> test(set).isPresent())
                .toList();
    }

    /**
     * Questions of VQAv2 to train on. A made set of the published size (two files of 400 MB together) took 20 seconds and 113 MB of memory,
     * less than 640 MB while it was read.
     *
     * @throws IOException if the files are missing or cannot be read to their end, in one sentence
     */
    public VqaPart readTraining() throws IOException {
        return VqaReader.read(training().orElseThrow(() -> lacks(VqaSet.VQAV2, VqaLayout.TRAINING)));
    }

    /**
     * Questions of a set to test on.
     *
     * @throws IOException if the files are missing or cannot be read to their end, in one sentence
     */
    public VqaPart readTest(VqaSet set) throws IOException {
        return VqaReader.read(test(set).orElseThrow(() -> lacks(set, VqaLayout.of(set))));
    }

    /** All files of questions and answers that are there. */
    public List<Path> lists() {
        return Stream.concat(training().stream(), Arrays.stream(VqaSet.values()).flatMap(set -> test(set).stream()))
                .flatMap(source -> Stream.of(source.questions(), source.annotations(), source.ids()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whether there are files of VQAv2 to train on. */
    public boolean hasTraining() {
        return training().isPresent();
    }

    private Optional<VqaSource> training() {
        return source(VqaSet.VQAV2, VqaLayout.TRAINING);
    }

    private Optional<VqaSource> test(VqaSet set) {
        return source(set, VqaLayout.of(set));
    }

    /** What was looked for, where, and how to get it. */
    IOException lacks(VqaSet set, VqaLayout layout) {
        if (!Files.isDirectory(root)) {
            return new IOException(
                    "VQA data was looked for in the folder " + root + ", which is not there; " + layout.howToGet(set));
        }
        return new IOException("the " + layout.name() + " of " + set.word() + " were looked for in " + root + " as "
                + "datasets_files/" + set.folder() + "/" + layout.frames().get(0) + " or as "
                + set.word() + "/" + String.join(" and ", layout.published()) + ", found neither; "
                + layout.howToGet(set));
    }

    /** The sentence of {@link #readTest}'s error for a set that is not there. */
    String lacking(VqaSet set) {
        return String.valueOf(lacks(set, VqaLayout.of(set)).getMessage());
    }

    /** As {@link #lacking}, for the training set. */
    String lackingTraining() {
        return String.valueOf(lacks(VqaSet.VQAV2, VqaLayout.TRAINING).getMessage());
    }

    private Optional<VqaSource> source(VqaSet set, VqaLayout layout) {
        for (String name : layout.frames()) {
            for (Path folder : folders(set)) {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    return Optional.of(new VqaSource(
                            VqaSource.Form.FRAMES,
                            file,
                            "questions",
                            first(List.of(folder), layout.types()),
                            null,
                            pictures(set, List.of(""), List.of()),
                            ""));
                }
            }
        }
        return published(set, layout);
    }

    private Optional<VqaSource> published(VqaSet set, VqaLayout layout) {
        List<Path> folders = folders(set);
        List<Path> asked = set == VqaSet.VQA_CE ? folders(VqaSet.VQAV2) : folders;
        @Nullable Path questions = first(asked, List.of(layout.questions()));
        @Nullable
        Path annotations = layout.annotations().isEmpty() ? null : first(asked, List.of(layout.annotations()));
        @Nullable Path ids = layout.ids().isEmpty() ? null : first(folders, List.of(layout.ids()));
        if (questions == null
                || annotations == null && !layout.annotations().isEmpty()
                || ids == null && !layout.ids().isEmpty()) {
            return Optional.empty();
        }
        Path own = asked.stream().filter(questions::startsWith).findFirst().orElse(root);
        Path pictures =
                pictures(set, layout.pictures(), List.of(own.resolve("images"), own.resolve("Images"), own, root));
        String split = layout.pictures().stream()
                .filter(name -> Files.isDirectory(pictures.resolve(name)))
                .findFirst()
                .orElse(layout.pictures().get(0));
        return Optional.of(new VqaSource(layout.form(), questions, layout.list(), annotations, ids, pictures, split));
    }

    private List<Path> folders(VqaSet set) {
        List<Path> folders = new ArrayList<>();
        for (String name : List.of("datasets_files/" + set.folder(), set.word(), set.folder())) {
            if (!folders.contains(root.resolve(name))) {
                folders.add(root.resolve(name));
            }
        }
        return folders;
    }

    private static @Nullable Path first(List<Path> folders, List<String> names) {
        for (Path folder : folders) {
            for (String name : names) {
                for (String below : BELOW) {
                    Path file = folder.resolve(below).resolve(name);
                    if (Files.isRegularFile(file)) {
                        return file;
                    }
                }
            }
        }
        return null;
    }

    /** The folder that has one of those below it; if none has, where they are looked for first. */
    private Path pictures(VqaSet set, List<String> below, List<Path> beside) {
        List<Path> places =
                new ArrayList<>(List.of(root.resolve("images").resolve(set.pictures()), root.resolve(set.pictures())));
        places.addAll(beside);
        return places.stream()
                .filter(place -> below.stream().anyMatch(name -> Files.isDirectory(place.resolve(name))))
                .findFirst()
                .orElse(places.get(0));
    }
}

package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.spdbook.magics.front.Front;
import org.spdbook.verify.Difference;
import org.spdbook.verify.Verifier;
import org.spdbook.weights.JsonFile;
import picocli.CommandLine;

/** {@code verify FOLDER}: compares our results with reference results; ends with OK, DIFFERS or, after a sentence, UNKNOWN KIND. */
@CommandLine.Command(name = "verify", description = "Compare our results with the reference results in a folder.")
public final class Verify implements Word {

    private static final int MOST_NAMES = 10;

    @CommandLine.Parameters(paramLabel = "FOLDER", description = "reference files")
    private Path folder;

    @Override
    public Answer answer(Front front) throws Exception {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is not a folder; name one with reference files");
        }
        Verifier verifier = Verifier.of(folder).orElse(null);
        if (verifier == null) {
            return new Answer(unknown() + "\nUNKNOWN KIND", false);
        }
        List<Difference> differences = compare(verifier);
        boolean ok = !differences.isEmpty() && differences.stream().allMatch(Difference::ok);
        StringBuilder text = new StringBuilder();
        differences.forEach(difference -> text.append(difference).append('\n'));
        return new Answer(text.append(ok ? "OK" : "DIFFERS").toString(), ok);
    }

    /** Reference files that contradict themselves are a failure, not wrong use of the word. */
    private List<Difference> compare(Verifier verifier) throws IOException {
        try {
            return verifier.compare(folder);
        } catch (IllegalArgumentException e) {
            throw new IOException(folder + ": " + e.getMessage(), e);
        }
    }

    /** What was found and what could be checked; broken JSON, which may be why, is an error instead. */
    private String unknown() throws IOException {
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            if (file.toString().endsWith(".json")) {
                JsonFile.read(file);
            }
        }
        String found = files.isEmpty()
                ? "nothing"
                : files.stream()
                                .limit(MOST_NAMES)
                                .map(file -> file.getFileName().toString())
                                .collect(Collectors.joining(", "))
                        + (files.size() > MOST_NAMES ? " and " + (files.size() - MOST_NAMES) + " more" : "");
        String kinds = Verifier.all().stream().map(Verifier::kind).collect(Collectors.joining("; "));
        return folder + " holds " + found + ", which is no kind of reference that can be checked; known are: " + kinds
                + ".";
    }
}

package org.spdbook.magics.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spdbook.magics.front.Front;
import org.spdbook.verify.Difference;
import org.spdbook.verify.Verifier;
import picocli.CommandLine;

/** {@code verify FOLDER}: compares our results with reference results; ends with OK, DIFFERS or UNKNOWN KIND. */
@CommandLine.Command(name = "verify", description = "Compare our results with the reference results in a folder.")
public final class Verify implements Word {

    @CommandLine.Parameters(paramLabel = "FOLDER", description = "reference files")
    private Path folder;

    @Override
    public Answer answer(Front front) throws Exception {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is not a folder; name one with reference files");
        }
        Verifier verifier = Verifier.of(folder).orElse(null);
        if (verifier == null) {
            return new Answer("UNKNOWN KIND", false);
        }
        List<Difference> differences = verifier.compare(folder);
        boolean ok = !differences.isEmpty() && differences.stream().allMatch(Difference::ok);
        StringBuilder text = new StringBuilder();
        differences.forEach(difference -> text.append(difference).append('\n'));
        return new Answer(text.append(ok ? "OK" : "DIFFERS").toString(), ok);
    }
}

package org.spdbook.magics.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.spdbook.verify.Difference;
import org.spdbook.verify.Verifier;
import picocli.CommandLine;

/** {@code verify FOLDER}: compares our results with reference results; ends with OK, DIFFERS or UNKNOWN KIND. */
@CommandLine.Command(name = "verify", description = "Compare our results with the reference results in a folder.")
public final class Verify implements Callable<Integer> {

    @CommandLine.Parameters(paramLabel = "FOLDER", description = "reference files")
    private Path folder;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(folder)) {
            spec.commandLine()
                    .getErr()
                    .println("spd verify: " + folder + " is not a folder; name one with reference files");
            return 2;
        }
        Verifier verifier = Verifier.of(folder).orElse(null);
        if (verifier == null) {
            out.println("UNKNOWN KIND");
            return 1;
        }
        List<Difference> differences = verifier.compare(folder);
        differences.forEach(out::println);
        boolean ok = !differences.isEmpty() && differences.stream().allMatch(Difference::ok);
        out.println(ok ? "OK" : "DIFFERS");
        return ok ? 0 : 1;
    }
}

package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;

/** {@code %%writefile FILE}: the rest of the cell becomes a file. */
public final class WriteFile extends StandardMagic {

    /** Made by ServiceLoader. */
    public WriteFile() {
        super(Usage.of("writefile", "%%writefile [-a] FILE", "writes the rest of the cell to a file, replacing it")
                .option("-a", "", "adds to the end of the file")
                .notes("The text is UTF-8 and ends with a line break."));
    }

    @Override
    public String run(MagicCall call) throws IOException {
        Given given = usage().read(call.arguments());
        Path file = LocalFile.of(given.only(), call.session().folder());
        String text = call.body().orElseThrow(given::wrong);
        text = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        check(file);
        if (given.has("-a")) {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else {
            Files.writeString(file, text);
        }
        return (given.has("-a") ? "Added " : "Wrote ") + text.lines().count() + " lines to " + given.only();
    }

    /** Says why a file cannot be written, before it is tried. */
    static void check(Path file) {
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new MagicException(
                    "there is no folder " + parent + " to write " + file.getFileName() + " to; make it first");
        }
        if (Files.isDirectory(file)) {
            throw new MagicException(file + " is a folder; give the name of a file");
        }
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return FileCompletion.complete(folder, typed);
    }
}

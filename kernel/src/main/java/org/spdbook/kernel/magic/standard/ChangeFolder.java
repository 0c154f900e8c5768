package org.spdbook.kernel.magic.standard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;

/** {@code %cd FOLDER}: where relative paths of magics begin. */
public final class ChangeFolder extends StandardMagic {

    /** Where {@code %cd -} goes. */
    private static final class Before {
        private volatile Path folder = Path.of("").toAbsolutePath();
    }

    /** Made by ServiceLoader. */
    public ChangeFolder() {
        super(Usage.of("cd", "%cd [FOLDER]\n%cd -", "changes the folder of magics; without one, to your home")
                .notes(
                        "Magics and what %sh starts work in this folder. Java cannot change the folder of its own process: relative\n"
                                + "paths in Java code begin where the kernel was started. %cd - goes back."));
    }

    @Override
    public Object run(MagicCall call) {
        Given given = usage().read(call.arguments());
        Before before = call.session().shared(Before.class, Before::new);
        Path now = call.session().folder();
        String typed = given.words().isEmpty() ? "~" : given.only();
        Path next = typed.equals("-") ? before.folder : LocalFile.existing(typed, now);
        if (!Files.isDirectory(next)) {
            throw new MagicException(next + " is a file; %cd takes a folder");
        }
        before.folder = now;
        call.session().folder(next);
        return next;
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return FileCompletion.complete(folder, typed, file -> false);
    }
}

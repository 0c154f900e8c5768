package org.spdbook.kernel.magic.standard;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Nearest;
import org.spdbook.kernel.shell.ErrorMode;

/** {@code %xmode [MODE]}: how much the errors of the cells show. */
public final class ErrorModeMagic extends StandardMagic {

    private static final List<String> MODES = Arrays.stream(ErrorMode.values())
            .map(mode -> mode.name().toLowerCase(Locale.ROOT))
            .toList();

    /** Made by ServiceLoader. */
    public ErrorModeMagic() {
        super(Usage.of("xmode", "%xmode [MODE]", "says or changes how much errors show")
                .notes("""
                        full     every frame, also those of the kernel
                        context  your frames with the source line of each; the default
                        plain    your frames, without source lines and colours
                        minimal  kind and message of the error, and where in the cell"""));
    }

    @Override
    public String run(MagicCall call) {
        Given given = usage().read(call.arguments());
        if (!given.words().isEmpty()) {
            call.session().errorMode(mode(given.only()));
        }
        return "errors show: " + call.session().errorMode().name().toLowerCase(Locale.ROOT);
    }

    private static ErrorMode mode(String typed) {
        String word = typed.toLowerCase(Locale.ROOT);
        if (!MODES.contains(word)) {
            throw new MagicException("%xmode takes " + String.join(", ", MODES) + "; found " + typed
                    + Nearest.question(word, MODES, ""));
        }
        return ErrorMode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return MODES.stream()
                .filter(mode -> mode.startsWith(typed))
                .map(mode -> new Completion(mode, "value"))
                .toList();
    }
}

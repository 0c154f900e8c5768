package org.spdbook.kernel.magic.standard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;

/** {@code %reset}: forgets what the notebook declared. */
public final class Reset extends StandardMagic {

    /** Made by ServiceLoader. */
    public Reset() {
        super(Usage.of("reset", "%reset [-f]", "forgets variables, methods and types; imports and class path stay")
                .option("-f", "", "does not ask first"));
    }

    @Override
    public String run(MagicCall call) throws IOException {
        Given given = usage().read(call.arguments());
        if (!given.words().isEmpty()) {
            throw given.wrong();
        }
        int count = call.session().declarations().size();
        if (count > 0 && !given.has("-f")) {
            call.session().out().print("Forget " + count + " variables, methods and types? [y/N] ");
            call.session().out().flush();
            if (!answer().strip().toLowerCase(java.util.Locale.ROOT).startsWith("y")) {
                return "Nothing was forgotten.";
            }
        }
        call.session().reset();
        return "Forgot " + count + " variables, methods and types.";
    }

    private static String answer() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
                line.write(c);
            }
        } catch (IOException e) {
            throw new MagicException(
                    "this front-end cannot be asked whether to forget everything; %reset -f does not ask");
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}

package org.spdbook.kernel.magic.standard;

import java.nio.file.Path;
import org.spdbook.kernel.magic.MagicCall;

/** {@code %pwd}: the folder of magics. */
public final class PrintFolder extends StandardMagic {

    /** Made by ServiceLoader. */
    public PrintFolder() {
        super(Usage.of("pwd", "%pwd", "gives the folder that magics work in"));
    }

    @Override
    public Path run(MagicCall call) {
        usage().read(call.arguments());
        return call.session().folder();
    }
}

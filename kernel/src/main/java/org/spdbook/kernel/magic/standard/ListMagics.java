package org.spdbook.kernel.magic.standard;

import java.util.List;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.Magic;
import org.spdbook.kernel.magic.MagicCall;

/** {@code %lsmagic}: all magics with one line each. */
public final class ListMagics extends StandardMagic {

    /** Made by ServiceLoader. */
    public ListMagics() {
        super(Usage.of("lsmagic", "%lsmagic", "lists all magics"));
    }

    @Override
    public DisplayBundle run(MagicCall call) {
        return table(
                List.of("magic", "what it does"),
                call.session().magics().all().stream()
                        .map(magic -> List.of(sign(magic) + magic.name(), magic.summary()))
                        .toList(),
                "there are no magics");
    }

    private static String sign(Magic magic) {
        return magic instanceof StandardMagic known && known.usage().forms().startsWith("%%") ? "%%" : "%";
    }
}

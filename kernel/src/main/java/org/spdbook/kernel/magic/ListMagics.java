package org.spdbook.kernel.magic;

import org.spdbook.kernel.display.DisplayBundle;

/** {@code %lsmagic}: all magics with one line each. */
public final class ListMagics implements Magic {

    @Override
    public String name() {
        return "lsmagic";
    }

    @Override
    public String summary() {
        return "lists all magics";
    }

    @Override
    public DisplayBundle run(MagicCall call) {
        StringBuilder text = new StringBuilder();
        call.session()
                .magics()
                .all()
                .forEach(magic -> text.append(String.format("%%%-10s %s%n", magic.name(), magic.summary())));
        return DisplayBundle.text(text.toString().stripTrailing());
    }
}

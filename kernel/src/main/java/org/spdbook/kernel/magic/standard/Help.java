package org.spdbook.kernel.magic.standard;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.Magic;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Nearest;

/** {@code %help NAME}: how a magic is called; without a name, how magics work. */
public final class Help extends StandardMagic {

    private static final String MAGICS = """
            A magic is a command of the notebook: %name words on a line of its own, between snippets of Java, or
            %%name at the beginning of a line, with the rest of the cell as its body.
            Words are split as in a shell: 'one word', "one word", a backslash before a character; a backslash at the
            end of a line goes on with the next one. {java expression} becomes the text of its value, {{ is a brace.

            %lsmagic lists the magics, %help NAME tells how one is called.
            Java itself is completed by Tab and explained by Shift+Tab, magics and their options too.""";

    /** Made by ServiceLoader. */
    public Help() {
        super(Usage.of("help", "%help [NAME]", "tells how magics work, or how one magic is called"));
    }

    @Override
    public DisplayBundle run(MagicCall call) {
        Given given = usage().read(call.arguments());
        if (given.words().isEmpty()) {
            return DisplayBundle.text(MAGICS);
        }
        List<String> words = new ArrayList<>(given.words());
        String name = words.remove(0).replaceFirst("^%+", "");
        List<String> names =
                call.session().magics().all().stream().map(Magic::name).toList();
        Magic magic = call.session()
                .magics()
                .find(name)
                .orElseThrow(() -> new MagicException(
                        "there is no magic %" + name + Nearest.question(name, names, "%") + " %lsmagic lists all"));
        words.add("");
        return magic.inspect(words).orElseGet(() -> DisplayBundle.text("%" + name + ": " + magic.summary()));
    }
}

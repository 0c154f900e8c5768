package org.spdbook.kernel.magic.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.shell.History;
import org.spdbook.kernel.shell.History.Entry;

/** {@code %history [-n COUNT] [-g PATTERN] [-l SESSIONS]}: the cells that ran. */
public final class HistoryMagic extends StandardMagic {

    /** Made by ServiceLoader. */
    public HistoryMagic() {
        super(Usage.of("history", "%history [-n COUNT] [-g PATTERN] [-l SESSIONS]", "shows the cells of this session")
                .option("-n", "COUNT", "only the last COUNT cells")
                .option("-g", "PATTERN", "of all sessions, those that match: * for any text, ? for a character")
                .option("-l", "SESSIONS", "also those of the last SESSIONS sessions before"));
    }

    @Override
    public DisplayBundle run(MagicCall call) {
        Given given = usage().read(call.arguments());
        if (!given.words().isEmpty()) {
            throw given.wrong();
        }
        History history = call.session().history();
        List<String> patterns = given.values("-g");
        List<Entry> found = patterns.isEmpty()
                ? ofSessions(history, given.number("-l").orElse(0))
                : history.search(any(patterns.get(0)), Integer.MAX_VALUE, false);
        int count = given.number("-n").orElse(Integer.MAX_VALUE);
        String text = found.subList(Math.max(0, found.size() - count), found.size()).stream()
                .map(entry -> line(entry, history))
                .collect(Collectors.joining("\n"));
        return DisplayBundle.text(text.isEmpty() ? "no cell is in the history that was asked for" : text);
    }

    private static List<Entry> ofSessions(History history, int sessions) {
        List<Entry> found = new ArrayList<>();
        for (int back = -sessions; back <= 0; back++) {
            found.addAll(history.range(back, 0, Integer.MAX_VALUE));
        }
        return found;
    }

    /** A pattern without signs is looked for anywhere. */
    private static String any(String pattern) {
        return pattern.contains("*") || pattern.contains("?") ? pattern : "*" + pattern + "*";
    }

    private static String line(Entry entry, History history) {
        boolean own = history.range(0, entry.count(), entry.count() + 1).contains(entry);
        String place = own ? String.valueOf(entry.count()) : entry.session() + "/" + entry.count();
        return place + ": " + entry.source().replace("\n", "\n" + " ".repeat(place.length() + 2));
    }
}

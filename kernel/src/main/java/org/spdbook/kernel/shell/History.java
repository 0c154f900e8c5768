package org.spdbook.kernel.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The cells that ran, for the front-ends and the magics that ask. Safe for any thread. */
public final class History {

    /**
     * A cell that ran.
     *
     * @param session 0 for the one that runs now
     * @param count execution count in its session
     * @param source of the cell
     */
    public record Entry(int session, int count, String source) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Adds a cell of the running session. */
    public synchronized void add(int count, String source) {
        entries.add(new Entry(0, count, source));
    }

    /** The last {@code n} cells, oldest first. */
    public synchronized List<Entry> tail(int n) {
        return last(entries, n);
    }

    /** The cells of the running session with a count from {@code start} on and below {@code stop}. */
    public synchronized List<Entry> range(int start, int stop) {
        return entries.stream()
                .filter(entry -> entry.count() >= start && entry.count() < stop)
                .toList();
    }

    /** The last {@code n} cells whose whole source matches a pattern with {@code *} and {@code ?}, oldest first. */
    public synchronized List<Entry> search(String pattern, int n) {
        Pattern glob = glob(pattern);
        return last(
                entries.stream()
                        .filter(entry -> glob.matcher(entry.source()).matches())
                        .toList(),
                n);
    }

    private static List<Entry> last(List<Entry> found, int n) {
        return List.copyOf(found.subList(Math.max(0, found.size() - Math.max(0, n)), found.size()));
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}

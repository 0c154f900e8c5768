package org.spdbook.kernel.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cells that ran, in this session and in those before it, for the front-ends and the magics that ask. Cells alone: neither what they
 * printed nor what was typed into them. Where no file can be written, this session's are kept in memory. Safe for any thread; nobody
 * waits for the file but who asks.
 */
public final class History implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    /** The most cells that the file keeps from one start to the next, and memory in one session. */
    private static final int MOST = 10_000;

    private static final int CLOSE_SECONDS = 2;

    /**
     * A cell that ran.
     *
     * @param session its number, from 1; later sessions have greater ones
     * @param count execution count in its session
     * @param source of the cell
     */
    public record Entry(int session, int count, String source) {}

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "history");
        made.setDaemon(true);
        return made;
    });

    // all below are the worker's
    private Optional<HistoryFile> file;
    private List<Entry> own = new ArrayList<>();
    private int written;
    private int session;

    /** A history in memory alone. */
    public History() {
        this(Optional.empty());
    }

    private History(Optional<HistoryFile> file) {
        this.file = file;
        worker.execute(this::trim);
    }

    /** A history in the file of this user, or in memory where the environment says so. */
    public static History ofUser() {
        return new History(
                HistoryPlace.of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"))
                        .map(path -> new HistoryFile(path, MOST)));
    }

    /** A history in this file. */
    static History in(HistoryFile file) {
        return new History(Optional.of(file));
    }

    /** Adds a cell of the running session. Returns at once. */
    public void add(int count, String source) {
        worker.execute(() -> {
            own.add(new Entry(session, count, source));
            if (own.size() > MOST) {
                own = new ArrayList<>(own.subList(own.size() - MOST / 2, own.size()));
                written = Math.max(0, written - MOST / 2);
            }
            write();
        });
    }

    private void write() {
        if (file.isEmpty()) {
            number(Math.max(1, session));
            return;
        }
        try {
            number(file.get().append(session, List.copyOf(own.subList(written, own.size()))));
            written = own.size();
        } catch (IOException | SecurityException e) {
            giveUp(e);
        }
    }

    private void giveUp(Exception e) {
        LOG.warn(
                "the history is kept in memory only: {}; name another file in {}", e.toString(), HistoryPlace.VARIABLE);
        file = Optional.empty();
        number(Math.max(1, session));
    }

    /** The number of a session is known with its first cell. */
    private void number(int number) {
        if (session != number) {
            session = number;
            own.replaceAll(entry -> new Entry(number, entry.count(), entry.source()));
        }
    }

    private void trim() {
        try {
            if (file.isPresent()) {
                file.get().trim();
            }
        } catch (IOException | SecurityException e) {
            LOG.warn("the history file {} cannot be shortened: {}", file.get().path(), e.toString());
        }
    }

    /** The last {@code n} cells of all sessions, oldest first. */
    public List<Entry> tail(int n) {
        return ask(() -> last(all(), n));
    }

    /**
     * The cells of one session with a count from {@code start} on and below {@code stop}.
     *
     * @param of its number; 0 for the running one, -1 for the one before
     */
    public List<Entry> range(int of, int start, int stop) {
        return ask(() -> {
            List<Entry> all = all();
            int last = all.stream().mapToInt(Entry::session).max().orElse(0);
            int number = of > 0 ? of : of + (session > 0 ? session : last + 1);
            return all.stream()
                    .filter(entry -> entry.session() == number && entry.count() >= start && entry.count() < stop)
                    .toList();
        });
    }

    /**
     * The last {@code n} cells of all sessions whose whole source matches a pattern with {@code *} and {@code ?}, oldest first.
     *
     * @param unique whether equal sources count once, the newest
     */
    public List<Entry> search(String pattern, int n, boolean unique) {
        Pattern glob = glob(pattern);
        return ask(() -> {
            List<Entry> found = all().stream()
                    .filter(entry -> glob.matcher(entry.source()).matches())
                    .toList();
            return last(unique ? newest(found) : found, n);
        });
    }

    private static List<Entry> newest(List<Entry> found) {
        Map<String, Entry> bySource = new LinkedHashMap<>();
        for (Entry entry : found) {
            bySource.remove(entry.source());
            bySource.put(entry.source(), entry);
        }
        return List.copyOf(bySource.values());
    }

    private List<Entry> all() throws IOException {
        if (file.isEmpty()) {
            return List.copyOf(own);
        }
        List<Entry> all = new ArrayList<>();
        for (Entry entry : file.get().entries()) {
            if (entry.session() != session) {
                all.add(entry);
            }
        }
        all.addAll(own);
        return all;
    }

    private List<Entry> ask(Callable<List<Entry>> question) {
        try {
            return worker.submit(question).get();
        } catch (ExecutionException e) {
            LOG.warn("the history cannot be read: {}", String.valueOf(e.getCause()));
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
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

    /** Waits a little until all cells are written. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the last cells did not get into the history in {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

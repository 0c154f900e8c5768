package org.spdbook.experiment.photo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spdbook.experiment.DataCheck;

/** Looks at every file of a data set. */
public final class PhotoCheck {

    private static final int NAMED = 5;

    private PhotoCheck() {}

    /** Reads one example. */
    @FunctionalInterface
    public interface Reading {

        /**
         * Example i.
         *
         * @throws IOException if it cannot be used, in one sentence with its name
         */
        Object read(int i) throws IOException;
    }

    /**
     * Reads all examples, several at a time.
     *
     * @param progress told how many have been read, from any thread
     */
    public static DataCheck of(int count, Reading reading, IntConsumer progress) {
        Set<String> bad = new ConcurrentSkipListSet<>();
        var done = new AtomicInteger();
        IntStream.range(0, count).parallel().forEach(i -> {
            try {
                reading.read(i);
            } catch (IOException e) {
                bad.add(String.valueOf(e.getMessage()));
            }
            progress.accept(done.incrementAndGet());
        });
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("examples", String.format(java.util.Locale.ROOT, "%,d", count));
        facts.put("cannot be used", bad.isEmpty() ? "none" : bad.size() + ": " + named(List.copyOf(bad)));
        return new DataCheck(facts, bad.isEmpty());
    }

    private static String named(List<String> sentences) {
        return sentences.stream().limit(NAMED).collect(Collectors.joining("; "))
                + (sentences.size() > NAMED ? "; ..." : "");
    }
}

package org.spdbook.kernel.magic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.Magic.Completion;

/** All magics that ServiceLoader finds. */
public final class Magics {

    private static final int FAR = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Magics.class);

    private final ClassLoader loader;
    private final Map<String, Magic> byName = new ConcurrentSkipListMap<>();

    /** The magics that a class loader finds. */
    public Magics(ClassLoader loader) {
        this.loader = loader;
        rescan();
    }

    /** Finds magics that came with what was added to the class path. A magic keeps its name against a later one. */
    public void rescan() {
        var found = ServiceLoader.load(Magic.class, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                Magic magic = found.next();
                byName.putIfAbsent(magic.name(), magic);
            } catch (ServiceConfigurationError e) {
                LOG.warn("a magic is left out: {}", e.getMessage());
            }
        }
    }

    /** The magics, by name. */
    public Collection<Magic> all() {
        return byName.values();
    }

    /**
     * Runs a line or cell magic.
     *
     * @param source from its {@code %} on
     * @return its value, or null
     * @throws MagicException if there is no such magic or it is used wrongly
     */
    public @Nullable Object run(String source, Session session) throws Exception {
        boolean whole = source.startsWith("%%");
        int lineEnd = whole && source.indexOf('\n') >= 0 ? source.indexOf('\n') : source.length();
        List<String> words = Words.split(source.substring(whole ? 2 : 1, lineEnd));
        if (words.isEmpty()) {
            throw new MagicException("a magic needs a name after %; %lsmagic lists them");
        }
        Optional<String> body =
                whole ? Optional.of(source.substring(Math.min(lineEnd + 1, source.length()))) : Optional.empty();
        return named(words.get(0)).run(new MagicCall(words.subList(1, words.size()), body, session));
    }

    private Magic named(String name) {
        Magic magic = byName.get(name);
        if (magic != null) {
            return magic;
        }
        String near = byName.keySet().stream()
                .filter(known -> distance(known, name.toLowerCase(java.util.Locale.ROOT)) < FAR)
                .findFirst()
                .map(known -> "; did you mean %" + known + "?")
                .orElse("");
        throw new MagicException(
                "magic %" + name + " is not known" + near + " There are %" + String.join(", %", byName.keySet()));
    }

    /** Edit distance of two words. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** What could stand at the end of an unfinished magic. */
    public List<Completion> complete(String typed) {
        List<String> words = Words.typed(typed.replaceFirst("^%%?", ""));
        if (words.size() == 1) {
            List<Completion> names = new ArrayList<>();
            byName.keySet().stream()
                    .filter(name -> name.startsWith(words.get(0)))
                    .forEach(name -> names.add(new Completion(name, "magic")));
            return names;
        }
        Magic magic = byName.get(words.get(0));
        return magic == null ? List.of() : magic.complete(words.subList(1, words.size()));
    }

    /** Length of the word being typed at the end of an unfinished magic. */
    public static int lengthOfLast(String typed) {
        List<String> words = Words.typed(typed.replaceFirst("^%%?", ""));
        return words.get(words.size() - 1).length();
    }

    /** Help on an unfinished magic. */
    public Optional<DisplayBundle> inspect(String typed) {
        List<String> words = Words.typed(typed.replaceFirst("^%%?", ""));
        return Optional.ofNullable(byName.get(words.get(0)))
                .flatMap(magic -> magic.inspect(words.subList(1, words.size())));
    }
}

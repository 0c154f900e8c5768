package org.spdbook.kernel.magic;

import java.nio.file.Path;
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
     * @param line of the cell, from 1, where it stands
     * @return its value, or null
     * @throws MagicException if there is no such magic or it is used wrongly
     */
    public @Nullable Object run(String source, int line, Session session) throws Exception {
        boolean whole = source.startsWith("%%");
        int lineEnd = whole && source.indexOf('\n') >= 0 ? source.indexOf('\n') : source.length();
        String first = source.substring(whole ? 2 : 1, lineEnd).stripLeading();
        String name = first.split("\\s", 2)[0];
        if (name.isEmpty()) {
            throw new MagicException("a magic needs a name after %; %lsmagic lists them");
        }
        Optional<String> body =
                whole ? Optional.of(source.substring(Math.min(lineEnd + 1, source.length()))) : Optional.empty();
        Magic magic = named(name);
        String rest = first.substring(name.length()).strip();
        List<String> arguments = !magic.takesText()
                ? Words.split(rest, java -> text(java, line, session))
                : rest.isEmpty() ? List.of() : List.of(rest);
        return magic.run(new MagicCall(arguments, body, line, session));
    }

    private static String text(String java, int line, Session session) throws Exception {
        Object value = session.evaluate(java, line);
        if (value == null) {
            throw new MagicException(
                    "the expression {" + java + "} in a magic gives no value; write {{ for a brace itself");
        }
        return String.valueOf(value);
    }

    /** The magic of a name, if there is one. */
    public Optional<Magic> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private Magic named(String name) {
        Magic magic = byName.get(name);
        if (magic != null) {
            return magic;
        }
        String question = Nearest.question(name, byName.keySet(), "%");
        throw new MagicException("magic %" + name + " is not known" + (question.isEmpty() ? "." : question)
                + " There are %" + String.join(", %", byName.keySet()));
    }

    /**
     * What could stand at the end of an unfinished magic.
     *
     * @param folder where relative paths begin
     */
    public List<Completion> complete(String typed, Path folder) {
        List<String> words = Words.typed(typed.replaceFirst("^%%?", ""));
        if (words.size() == 1) {
            List<Completion> names = new ArrayList<>();
            byName.keySet().stream()
                    .filter(name -> name.startsWith(words.get(0)))
                    .forEach(name -> names.add(new Completion(name, "magic")));
            return names;
        }
        Magic magic = byName.get(words.get(0));
        return magic == null ? List.of() : magic.complete(words.subList(1, words.size()), folder);
    }

    /** Help on an unfinished magic. */
    public Optional<DisplayBundle> inspect(String typed) {
        List<String> words = Words.typed(typed.replaceFirst("^%%?", ""));
        return Optional.ofNullable(byName.get(words.get(0)))
                .flatMap(magic -> magic.inspect(words.subList(1, words.size())));
    }
}

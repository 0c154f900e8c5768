package org.spdbook.kernel.magic.standard;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.RowTable;
import org.spdbook.kernel.magic.Magic;

/** A magic whose help and completion come from its {@link Usage}. */
abstract class StandardMagic implements Magic {

    private final Usage usage;

    StandardMagic(Usage usage) {
        this.usage = usage;
    }

    Usage usage() {
        return usage;
    }

    @Override
    public String name() {
        return usage.name();
    }

    @Override
    public String summary() {
        return usage.summary();
    }

    @Override
    public Optional<DisplayBundle> inspect(List<String> line) {
        return Optional.of(DisplayBundle.text(usage.text()));
    }

    @Override
    public List<Completion> complete(List<String> line, Path folder) {
        String typed = line.get(line.size() - 1);
        if (line.size() > 1) {
            Optional<Usage.Option> before = usage.find(line.get(line.size() - 2))
                    .filter(option -> !option.value().isEmpty());
            if (before.isPresent()) {
                return values(before.get().name(), typed, folder);
            }
        }
        if (typed.startsWith("-")) {
            return usage.options().stream()
                    .map(Usage.Option::name)
                    .filter(name -> name.startsWith(typed))
                    .map(name -> new Completion(name, "option"))
                    .toList();
        }
        return words(typed, folder);
    }

    /** A table as the result of a magic; a sentence when it has no rows. */
    static DisplayBundle table(List<String> header, List<List<String>> rows, String whenEmpty) {
        return rows.isEmpty() ? DisplayBundle.text(whenEmpty) : new RowTable(header, rows, "").bundle();
    }

    /** What the value of an option could be. */
    List<Completion> values(String option, String typed, Path folder) {
        return List.of();
    }

    /** What a word that is no option could be. */
    List<Completion> words(String typed, Path folder) {
        return List.of();
    }
}

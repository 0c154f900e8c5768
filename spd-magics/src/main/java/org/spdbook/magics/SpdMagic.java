package org.spdbook.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.RunStore;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.Magic;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.magics.command.Grids;
import org.spdbook.magics.front.Notebook;
import org.spdbook.weights.hub.HubException;
import picocli.CommandLine;

/**
 * {@code %spd WORD ...}: every word of the command line in a notebook. {@code %%spd train} takes lines of {@code key = value}
 * in place of options.
 */
public final class SpdMagic implements Magic {

    private final Set<String> variables = new ConcurrentSkipListSet<>();
    private final RunStore runs;

    /** The magic on the runs of the current folder. */
    public SpdMagic() {
        this(RunStore.here());
    }

    /** The magic on the runs of a folder. */
    SpdMagic(RunStore runs) {
        this.runs = runs;
    }

    @Override
    public String name() {
        return "spd";
    }

    @Override
    public String summary() {
        return "train, test, compare and plot: %spd train emoji --on noto --optimizer adam-spd --as spd; see %spd help";
    }

    @Override
    public @Nullable Object run(MagicCall call) throws Exception {
        List<String> words = new ArrayList<>(call.arguments());
        call.body().ifPresent(body -> words.addAll(options(words, body)));
        try {
            Object shown = Words.answer(new Notebook(call.session(), runs, variables::add), words)
                    .shown();
            return shown instanceof Grids grids
                    ? DisplayBundle.text(grids.toText()).with("text/html", grids.toHtml())
                    : shown instanceof String text ? DisplayBundle.text(text) : shown;
        } catch (IllegalArgumentException | IllegalStateException | CancelledRunException | HubException e) {
            throw new MagicException(String.valueOf(e.getMessage()));
        }
    }

    /** Lines {@code key = value} as options of a word; keys it has no option for go to {@code --set}. */
    private static List<String> options(List<String> words, String body) {
        CommandLine word =
                words.isEmpty() ? null : Words.tree().getSubcommands().get(words.get(0));
        List<String> known = word == null ? List.of() : Words.options(word.getCommandSpec());
        List<String> options = new ArrayList<>();
        for (String line : body.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s*=\\s*", 2);
            if (parts.length < 2) {
                throw new MagicException("a line of %%spd is key = value, got: " + line);
            }
            if (parts[0].equals("experiment")) {
                options.add(parts[1]);
            } else if (known.contains("--" + parts[0])) {
                options.addAll(option(word, "--" + parts[0], parts[1]));
            } else {
                options.addAll(List.of("--set", parts[0] + "=" + parts[1]));
            }
        }
        return options;
    }

    /** An option with its value; one that takes none is there when the value is true. */
    private static List<String> option(@Nullable CommandLine word, String name, String value) {
        if (word == null || word.getCommandSpec().findOption(name).arity().max() > 0) {
            return List.of(name, value);
        }
        return switch (value) {
            case "true" -> List.of(name);
            case "false" -> List.of();
            default -> throw new MagicException(name.substring(2) + " is true or false, got " + value);
        };
    }

    @Override
    public List<Completion> complete(List<String> line) {
        return new Completer(runs, variables).complete(line);
    }

    @Override
    public Optional<DisplayBundle> inspect(List<String> line) {
        CommandLine tree = Words.tree();
        CommandLine word = line.isEmpty() ? null : tree.getSubcommands().get(line.get(0));
        String usage = (word == null ? tree : word).getUsageMessage(CommandLine.Help.Ansi.OFF);
        return Optional.of(DisplayBundle.text(usage.stripTrailing()));
    }
}

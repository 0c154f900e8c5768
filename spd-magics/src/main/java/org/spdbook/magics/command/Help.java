package org.spdbook.magics.command;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Known;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code help [TOPIC]}: all words, or one with its options. */
@CommandLine.Command(name = "help", description = "List the words, or show one with its options.")
public final class Help implements Word {

    @CommandLine.Parameters(paramLabel = "TOPIC", arity = "0..1", description = "a word")
    private @Nullable String topic;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Answer answer(Front front) {
        CommandLine top = spec.commandLine().getParent();
        Map<String, CommandLine> words = top.getSubcommands();
        CommandLine shown =
                topic == null ? top : Objects.requireNonNull(words.get(Known.require("word", topic, words.keySet())));
        return Answer.of(shown.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing());
    }
}

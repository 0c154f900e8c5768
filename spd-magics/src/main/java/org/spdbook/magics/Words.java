package org.spdbook.magics;

import java.util.List;
import org.spdbook.experiment.Known;
import org.spdbook.magics.command.Answer;
import org.spdbook.magics.command.Word;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** Reads words and has them answered; the same for notebook and terminal. */
final class Words {

    private Words() {}

    /** A new tree of words. */
    static CommandLine tree() {
        return new CommandLine(Spd.root());
    }

    /**
     * Has words answered.
     *
     * @throws IllegalArgumentException for wrong use, in one sentence
     * @throws Exception if the work failed
     */
    static Answer answer(Front front, List<String> words) throws Exception {
        CommandLine tree = tree();
        if (words.isEmpty()) {
            return answer(front, List.of("help"));
        }
        if (!words.get(0).startsWith("-")) {
            Known.require("word", words.get(0), tree.getSubcommands().keySet());
        }
        try {
            CommandLine.ParseResult parsed = tree.parseArgs(words.toArray(String[]::new));
            if (!parsed.hasSubcommand()) {
                return answer(front, List.of(parsed.hasMatchedOption("--version") ? "version" : "help"));
            }
            CommandLine chosen =
                    parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
            Object command = chosen.getCommand();
            return command instanceof Word word ? word.answer(front) : method(chosen, parsed);
        } catch (CommandLine.ParameterException e) {
            throw new IllegalArgumentException(sentence(e), e);
        }
    }

    /** A word whose parts are methods: runs the part, or names the parts when none is given. */
    private static Answer method(CommandLine chosen, CommandLine.ParseResult parsed) throws Exception {
        if (!chosen.getSubcommands().isEmpty()) {
            return new Answer(chosen.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing(), false);
        }
        try {
            int code = new CommandLine.RunLast().execute(parsed);
            return new Answer(null, code == 0);
        } catch (CommandLine.ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static String sentence(CommandLine.ParameterException e) {
        CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
        List<String> options = options(spec);
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-")
                    ? Known.sentence("option", first, options)
                    : spec.name() + " does not take " + first + "; write it as: "
                            + e.getCommandLine()
                                    .getUsageMessage(CommandLine.Help.Ansi.OFF)
                                    .lines()
                                    .findFirst()
                                    .orElse("");
        }
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return spec.name() + ": " + message + "; see: spd help "
                + spec.qualifiedName(" ").split(" ")[1];
    }

    /** Names of a word's options. */
    static List<String> options(CommandLine.Model.CommandSpec spec) {
        return spec.options().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .toList();
    }
}

package org.spdbook.magics;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.PictureGrid;
import org.spdbook.experiment.RunStore;
import org.spdbook.magics.command.Answer;
import org.spdbook.magics.command.Attach;
import org.spdbook.magics.command.Claims;
import org.spdbook.magics.command.Compare;
import org.spdbook.magics.command.Data;
import org.spdbook.magics.command.DetachedProcess;
import org.spdbook.magics.command.Doctor;
import org.spdbook.magics.command.Eval;
import org.spdbook.magics.command.Generate;
import org.spdbook.magics.command.Grids;
import org.spdbook.magics.command.Help;
import org.spdbook.magics.command.Kernel;
import org.spdbook.magics.command.LedgerWord;
import org.spdbook.magics.command.Match;
import org.spdbook.magics.command.MechanismWord;
import org.spdbook.magics.command.ModelWord;
import org.spdbook.magics.command.Optimizers;
import org.spdbook.magics.command.Params;
import org.spdbook.magics.command.Plot;
import org.spdbook.magics.command.Pretrain;
import org.spdbook.magics.command.Pull;
import org.spdbook.magics.command.Resume;
import org.spdbook.magics.command.Runs;
import org.spdbook.magics.command.Stop;
import org.spdbook.magics.command.SweepWord;
import org.spdbook.magics.command.TableWord;
import org.spdbook.magics.command.Train;
import org.spdbook.magics.command.Verify;
import org.spdbook.magics.command.VersionWord;
import org.spdbook.magics.front.Terminal;
import picocli.CommandLine;

/** The command line {@code spd}. Exit codes: 0 ok, 1 failed, 2 wrong use. Data goes to stdout, messages to stderr. */
@CommandLine.Command(
        name = "spd",
        description = "Selective Projection Decay: run, see and change the experiments of the paper.",
        subcommands = {
            Train.class,
            Eval.class,
            Compare.class,
            Generate.class,
            Plot.class,
            Runs.class,
            Resume.class,
            Attach.class,
            Stop.class,
            SweepWord.class,
            TableWord.class,
            Match.class,
            MechanismWord.class,
            Claims.class,
            LedgerWord.class,
            Params.class,
            Optimizers.class,
            Data.class,
            ModelWord.class,
            Pull.class,
            Pretrain.class,
            Verify.class,
            Doctor.class,
            VersionWord.class,
            Kernel.class,
            Help.class
        })
public final class Spd {

    @CommandLine.Option(names = "--version", description = "print the version")
    @SuppressWarnings("UnusedVariable") // Words answers it; here for the help text
    private boolean version;

    @CommandLine.Option(
            names = {"-h", "--help"},
            description = "list the words")
    @SuppressWarnings("UnusedVariable") // Words answers it; here for the help text
    private boolean help;

    private Spd() {}

    /** The root of a tree of words. */
    static Spd root() {
        return new Spd();
    }

    /** Runs one word and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream messages = stream(FileDescriptor.err);
        if (Boolean.getBoolean(DetachedProcess.DETACHED)) {
            OwnSession.begin(messages);
        }
        var terminal = new Terminal(new FileInputStream(FileDescriptor.in), out, messages, RunStore.here());
        int code = run(terminal, List.of(arguments));
        out.flush();
        messages.flush();
        terminal.finished();
        System.exit(code);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Answers words; returns the exit code. */
    static int run(Terminal terminal, List<String> words) {
        PrintStream messages = terminal.messages();
        try {
            Answer answer = Words.answer(terminal, words);
            String text = text(answer.shown());
            if (!text.isEmpty()) {
                terminal.out().println(text);
            }
            return answer.ok() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            messages.println("spd: " + e.getMessage());
            return 2;
        } catch (Exception | LinkageError e) {
            messages.println("spd: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return 1;
        }
    }

    private static String text(@Nullable Object shown) {
        if (shown instanceof Grid grid) {
            return grid.toText();
        } else if (shown instanceof Grids grids) {
            return grids.toText();
        } else if (shown instanceof Chart chart) {
            return chart.toText();
        } else if (shown instanceof PictureGrid pictures) {
            return pictures.toText();
        }
        return shown == null ? "" : shown.toString();
    }
}

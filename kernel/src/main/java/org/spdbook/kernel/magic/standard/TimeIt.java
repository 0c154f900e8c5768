package org.spdbook.kernel.magic.standard;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.shell.CellException;

/** {@code %timeit JAVA} and {@code %%timeit}: runs code many times and gives the time of one run of it. */
public final class TimeIt extends StandardMagic {

    private static final int RUNS = 7;
    private static final String OWNER = Timing.class.getName();

    /** Made by ServiceLoader. */
    public TimeIt() {
        super(Usage.of(
                        "timeit",
                        "%timeit [-n LOOPS] [-r RUNS] JAVA\n%%timeit [-n LOOPS] [-r RUNS]",
                        "measures code by running it many times")
                .option("-n", "LOOPS", "loops in each run; as many as take 0.2 s when not given")
                .option("-r", "RUNS", "runs to measure; " + RUNS + " when not given")
                .notes("""
                        One expression or statements in a line, or statements in the rest of the cell. The result is a Timing, with
                        mean, standard deviation and best of the runs. The loops before the first run warm the code up for the JIT
                        compiler, unless one loop takes longer than 0.2 s: then the first runs may be interpreted. The value of an
                        expression is used, so that it is computed; what statements compute in vain the compiler may leave out. The
                        loop itself costs about a nanosecond. Figures to publish are made with JMH."""));
    }

    @Override
    public boolean takesJava() {
        return true;
    }

    @Override
    public boolean takesText() {
        return true;
    }

    @Override
    public @Nullable Object run(MagicCall call) throws Exception {
        Given given = usage().readText(call.text());
        boolean cell = call.body().isPresent();
        if (given.words().isEmpty() != cell) {
            throw given.wrong();
        }
        String code = (cell ? call.body().get() : given.only()).strip().replaceFirst(";$", "");
        int line = cell ? call.line() + 1 : call.line();
        long loops = given.number("-n").orElse(0);
        int runs = given.number("-r").orElse(RUNS);
        if (!cell) {
            try {
                return call.session().evaluate(source(OWNER + ".keep(", code, ");", loops, runs), line - 1);
            } catch (CellException e) {
                if (!e.name().equals("CompilationError")) {
                    throw e;
                }
            }
        }
        return call.session().evaluate(source("", code + ";", "", loops, runs), line - 1); // no expression with a value
    }

    /** A snippet that measures; the code stands on its second line, so that errors show it as it was typed. */
    private static String source(String before, String code, String after, long loops, int runs) {
        return String.join(
                "",
                List.of(
                        OWNER + ".of(timeit$loops -> { long timeit$began = System.nanoTime();",
                        " for (long timeit$i = 0; timeit$i < timeit$loops; timeit$i++) { " + before + "\n" + code + "\n"
                                + after,
                        " } return System.nanoTime() - timeit$began; }, " + loops + "L, " + runs + ")"));
    }
}

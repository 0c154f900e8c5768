package org.spdbook.kernel.magic.standard;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.Session;

/** {@code %time JAVA} and {@code %%time}: runs code and says how long it took. */
public final class Time extends StandardMagic {

    /** Made by ServiceLoader. */
    public Time() {
        super(Usage.of(
                        "time",
                        "%time JAVA\n%%time",
                        "runs code once and prints how long it took; its value is the result")
                .notes("""
                        Wall time is what you waited; of it, running is the code itself, and the rest is its compilation by JShell.
                        CPU time is that of the whole process, so it can exceed wall time. Code that runs for the first time is
                        interpreted until the JIT compiler has seen it often enough: %timeit repeats it."""));
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
        boolean cell = call.body().isPresent() && call.text().isEmpty();
        String code = cell ? call.body().get() : call.text();
        if (code.isBlank() || (call.body().isPresent() && !cell)) {
            throw usage().read(java.util.List.of()).wrong();
        }
        Session session = call.session();
        long wall = System.nanoTime();
        long snippets = session.snippetNanos();
        long cpu = cpuNanos();
        try {
            return session.evaluate(code, cell ? call.line() + 1 : call.line());
        } finally {
            double waited = System.nanoTime() - wall;
            double ran = session.snippetNanos() - snippets;
            double worked = cpuNanos() - cpu;
            session.out()
                    .printf(
                            "Wall time %s (running %s), CPU time %s%n",
                            Nanos.text(waited), Nanos.text(ran), Nanos.text(worked));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean process
                ? process.getProcessCpuTime()
                : 0;
    }
}

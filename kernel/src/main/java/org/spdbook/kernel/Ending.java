package org.spdbook.kernel;

import java.util.Map;
import java.util.Optional;

/** Who ends the process, as the stacks of its threads show while its shutdown hooks run. */
final class Ending {

    private Ending() {}

    /** The code that called {@code System.exit}, if it is not the kernel's own. */
    static Optional<String> caller() {
        for (Map.Entry<Thread, StackTraceElement[]> one :
                Thread.getAllStackTraces().entrySet()) {
            boolean ends = false;
            for (StackTraceElement frame : one.getValue()) {
                ends |= frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit");
                if (ends && frame.getModuleName() == null) {
                    boolean ours = frame.getClassName().equals(Main.class.getName());
                    return ours
                            ? Optional.empty()
                            : Optional.of(frame.getClassName() + "." + frame.getMethodName() + " ("
                                    + frame.getFileName() + ":" + frame.getLineNumber() + ")");
                }
            }
        }
        return Optional.empty();
    }
}

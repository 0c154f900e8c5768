package org.spdbook.experiment.sweep;

import java.io.IOException;
import java.nio.file.Path;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.RunFolder;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** The process of one trial of a sweep: trains the run of a folder from where it stands, and ends when its sweep does. */
final class Trial {

    private static final int ORPHANED = 3;

    private Trial() {}

    /**
     * Trains the run to its end.
     *
     * @param arguments the folder of the run; standard input must stay open as long as the sweep lives
     */
    public static void main(String[] arguments) {
        Thread watch = new Thread(Trial::endWithTheSweep, "spd-sweep-watch");
        watch.setDaemon(true);
        watch.start();
        Experiment.resume(new RunFolder(Path.of(arguments[0])), Recording.defaults(), Progress.SILENT, new Cancel());
    }

    /** A killed sweep cannot say goodbye; the pipe to it ends. What is trained so far is in the checkpoint. */
    private static void endWithTheSweep() {
        try {
            while (System.in.read() >= 0) {
                // what comes in says nothing, only its end does
            }
        } catch (IOException e) {
            // the pipe is gone as well
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}

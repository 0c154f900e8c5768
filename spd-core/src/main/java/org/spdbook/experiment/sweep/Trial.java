package org.spdbook.experiment.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.RunFolder;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/**
 * The process of trials of a sweep, see {@link TrialProcess}: trains one run after the other, each from where it stands, and ends
 * when its sweep does, or at the first run that fails.
 */
final class Trial {

    private static final int ORPHANED = 3;

    private Trial() {}

    /** Reads the folders of the runs from standard input, one a line; the sweep keeps it open as long as it lives. */
    public static void main(String[] arguments) throws InterruptedException {
        BlockingQueue<Path> folders = new LinkedBlockingQueue<>();
        Thread watch = new Thread(() -> read(folders), "spd-sweep-watch");
        watch.setDaemon(true);
        watch.start();
        while (true) {
            var folder = new RunFolder(folders.take());
            Experiment.resume(folder, Recording.defaults(), Progress.SILENT, new Cancel());
        }
    }

    /** A killed sweep cannot say goodbye; the pipe to it ends. What is trained so far is in the checkpoint. */
    private static void read(BlockingQueue<Path> folders) {
        try {
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                folders.add(Path.of(line));
            }
        } catch (IOException e) {
            // the pipe is gone as well
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}

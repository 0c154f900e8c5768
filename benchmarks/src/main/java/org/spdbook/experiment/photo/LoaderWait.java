package org.spdbook.experiment.photo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.spdbook.data.ImageFile;
import org.spdbook.data.ImageTransform;
import org.spdbook.data.LabelledFile;
import org.spdbook.experiment.disk.ExampleLoader;
import org.spdbook.experiment.disk.Skipped;
import org.spdbook.train.Seeds;

/** How long a trainer waits for pictures while a model step takes a known time. */
public final class LoaderWait {

    private static final int WARM = 5;

    private LoaderWait() {}

    /**
     * Asks for batches in the order of the trainer, sleeping where the model would work on another device.
     *
     * @param batch pictures of a step
     * @param millis of a model step
     * @param steps that count, after some that do not
     * @return milliseconds waited in each step, pictures read for each that was used, and milliseconds that one thread takes for a batch
     */
    public static Map<String, Object> measured(
            List<Path> files, ImageTransform transform, int batch, int millis, int steps) {
        var read = new AtomicInteger();
        List<LabelledFile> names = IntStream.range(0, batch * (steps + WARM))
                .mapToObj(i -> new LabelledFile(files.get(i % files.size()).toString(), 0))
                .toList();
        var reader = new ClassReader(
                names,
                file -> {
                    read.incrementAndGet();
                    return ImageFile.rgb(Path.of(file.name()));
                },
                transform);
        var loader = new ExampleLoader<>(reader, new Skipped());
        var seeds = new Seeds(0);
        List<Double> waited = new ArrayList<>();
        int total = steps + WARM;
        loader.expect(at(0, batch), seeds, 0);
        for (int step = 0; step < total; step++) {
            if (step + 1 < total) {
                loader.expect(at(step + 1, batch), seeds, 0);
            }
            long began = System.nanoTime();
            loader.training(at(step, batch), seeds, 0);
            if (step >= WARM) {
                waited.add((System.nanoTime() - began) / 1e6);
            }
            sleep(millis);
        }
        double readPerUsed = read.get() / (double) names.size();
        return Map.of("waited_ms", waited, "read_per_used", readPerUsed, "worker_ms", alone(reader, batch, seeds));
    }

    /** Milliseconds that one thread takes for a batch when nothing else is asked for: the median of some. */
    private static double alone(PhotoReader reader, int batch, Seeds seeds) {
        double[] millis = new double[WARM];
        for (int round = 0; round < WARM; round++) {
            long began = System.nanoTime();
            try {
                for (int i : at(round, batch)) {
                    reader.read(i, seeds.stream("augmentation", 0, i));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            millis[round] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return millis[WARM / 2];
    }

    private static int[] at(int step, int batch) {
        return IntStream.range(step * batch, (step + 1) * batch).toArray();
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a model step was waited for", e);
        }
    }
}

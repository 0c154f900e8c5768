package org.spdbook.benchmark;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.data.Crop;
import org.spdbook.data.ImageFile;
import org.spdbook.data.ImageTransform;
import org.spdbook.data.Normalization;
import org.spdbook.data.Pixels;
import org.spdbook.data.Resize;
import org.spdbook.experiment.photo.LoaderWait;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Checksum;

/** Makes pictures ready for training, all of a folder per line read, and answers with a line of JSON. */
public final class PictureSteps {

    private static final int SIDE = 224;
    private static final ImageTransform TRANSFORM = ImageTransform.imageNet(SIDE, Normalization.IMAGENET);

    private final List<Path> files;

    private PictureSteps(List<Path> files) {
        this.files = files;
    }

    /**
     * Reads lines until the input ends: {@code boxes}, {@code digest}, {@code whole}, {@code parts}, or {@code wait BATCH MILLIS STEPS}.
     *
     * @param arguments folder of the pictures
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (var paths = Files.list(Path.of(arguments[0]))) {
            var steps = new PictureSteps(paths.sorted().toList());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(new Gson().toJson(steps.answer(line.split(" "))));
            }
        }
    }

    private Object answer(String[] words) throws IOException {
        return switch (words[0]) {
            case "boxes" -> boxes();
            case "digest" -> digest();
            case "whole" -> whole();
            case "parts" -> parts();
            default ->
                LoaderWait.measured(
                        files,
                        TRANSFORM,
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]));
        };
    }

    private static RandomStream random(int picture) {
        return new Seeds(0).stream("augmentation", 0, picture);
    }

    /** Top, left, height, width and whether it is mirrored, of each picture. */
    private List<int[]> boxes() throws IOException {
        List<int[]> boxes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Pixels picture = ImageFile.rgb(files.get(i));
            RandomStream random = random(i);
            Crop box = TRANSFORM.crop().box(picture.height(), picture.width(), random);
            boxes.add(new int[] {box.top(), box.left(), box.height(), box.width(), random.chance(.5) ? 1 : 0});
        }
        return boxes;
    }

    /** SHA-256 over what a model would be given. */
    private String digest() throws IOException {
        StringBuilder sums = new StringBuilder();
        for (int i = 0; i < files.size(); i++) {
            float[] input = TRANSFORM.training(ImageFile.rgb(files.get(i)), random(i));
            ByteBuffer bytes = ByteBuffer.allocate(input.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(input);
            sums.append(Checksum.of(bytes.array()));
        }
        return Checksum.of(sums.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Map<String, Double> whole() throws IOException {
        double before = processSeconds();
        float first = 0;
        for (int i = 0; i < files.size(); i++) {
            first += TRANSFORM.training(ImageFile.rgb(files.get(i)), random(i))[0];
        }
        return Map.of("cpu_seconds", processSeconds() - before, "first", (double) first);
    }

    /** CPU seconds of this thread by part. */
    private Map<String, Double> parts() throws IOException {
        long[] nanos = new long[4];
        for (int i = 0; i < files.size(); i++) {
            RandomStream random = random(i);
            long t0 = threadNanos();
            Pixels picture = ImageFile.rgb(files.get(i));
            long t1 = threadNanos();
            Crop box = TRANSFORM.crop().box(picture.height(), picture.width(), random);
            Pixels square = new Resize(SIDE, SIDE, TRANSFORM.crop().kernel()).apply(box.apply(picture));
            long t2 = threadNanos();
            Pixels turned = random.chance(.5) ? square.mirrored() : square;
            long t3 = threadNanos();
            TRANSFORM.normalization().apply(turned);
            long t4 = threadNanos();
            nanos[0] += t1 - t0;
            nanos[1] += t2 - t1;
            nanos[2] += t3 - t2;
            nanos[3] += t4 - t3;
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        List<String> names = List.of("decode", "crop and resize", "flip", "normalise");
        names.forEach(name -> parts.put(name, nanos[names.indexOf(name)] / 1e9));
        return parts;
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Of the whole process: collector and compiler are part of the price. */
    private static double processSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}

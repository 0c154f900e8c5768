package org.spdbook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A small DomainNet of real picture files: three classes, of each ten pictures to train on and two to test on in every domain.
 *
 * @param root its folder
 */
public record MadeTree(Path root) {

    public static final List<String> CLASSES = List.of("aircraft_carrier", "airplane", "alarm_clock");
    static final int TRAIN = 10;
    static final int TEST = 2;

    private static final List<String> PICTURES =
            List.of("jpeg-420.jpg", "jpeg-grey.jpg", "png-palette.png", "jpeg-cmyk.jpg", "png-rgba.png");

    /** Makes it, with the lists in a folder. */
    public static MadeTree in(Path root, Path lists) throws IOException {
        Files.createDirectories(lists);
        int next = 0;
        for (String domain : DomainNet.DOMAINS) {
            List<String> train = new ArrayList<>();
            List<String> test = new ArrayList<>();
            for (int label = 0; label < CLASSES.size(); label++) {
                Path folder = Files.createDirectories(root.resolve(domain).resolve(CLASSES.get(label)));
                for (int i = 0; i < TRAIN + TEST; i++) {
                    String picture = PICTURES.get(next++ % PICTURES.size());
                    String name = "%s_%03d_%06d%s".formatted(domain, label, i, picture.substring(picture.length() - 4));
                    Files.copy(Fixture.path(picture), folder.resolve(name));
                    (i < TRAIN ? train : test).add(domain + "/" + CLASSES.get(label) + "/" + name + " " + label);
                }
            }
            Files.write(lists.resolve(domain + "_train.txt"), train);
            Files.write(lists.resolve(domain + "_test.txt"), test);
        }
        return new MadeTree(root);
    }

    public static MadeTree in(Path root) throws IOException {
        return in(root, root.resolve("splits"));
    }

    /** Adds a line to a list in {@code splits}. */
    void add(String list, String line) throws IOException {
        Files.writeString(root.resolve("splits").resolve(list + ".txt"), line, StandardOpenOption.APPEND);
    }

    /** Lists alone, with numbers of lines; all pictures are of one class. */
    static void lists(Path root, Map<String, Integer> sizes) throws IOException {
        Files.createDirectories(root);
        for (var list : sizes.entrySet()) {
            String domain = list.getKey().substring(0, list.getKey().indexOf('_'));
            List<String> lines = IntStream.range(0, list.getValue())
                    .mapToObj(i -> domain + "/cat/" + i + ".jpg 0")
                    .toList();
            Files.write(root.resolve(list.getKey() + ".txt"), lines);
        }
    }
}

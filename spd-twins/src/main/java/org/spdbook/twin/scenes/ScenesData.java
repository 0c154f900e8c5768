package org.spdbook.twin.scenes;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.spdbook.data.Pixels;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.vision.VisionInput;

/**
 * Scenes to fine-tune and to test on: by the seed 240 clean ones for training and 200 for validation; 300 for testing, the same for
 * every seed and under every corruption. Thread-safe; test images are kept.
 */
final class ScenesData {

    static final int TRAINING = 240;
    static final int VALIDATION = 200;
    static final int TEST = 300;

    private static final Map<SceneCorruption, SceneExamples> TESTS = new EnumMap<>(SceneCorruption.class);

    private ScenesData() {}

    /** Examples of a test set, or clean ones of another part. */
    static SceneExamples examples(SceneCorruption corruption, OpenTwin.Part part, long seed) {
        return switch (part) {
            case TRAINING -> examples(scenes("scenes training", seed, TRAINING), SceneCorruption.CLEAN);
            case VALIDATION -> examples(scenes("scenes validation", seed, VALIDATION), SceneCorruption.CLEAN);
            case TEST -> test(corruption);
        };
    }

    private static synchronized SceneExamples test(SceneCorruption corruption) {
        if (TESTS.isEmpty()) {
            List<Scene> scenes = scenes("scenes test", 0, TEST);
            for (SceneCorruption each : SceneCorruption.values()) {
                TESTS.put(each, examples(scenes, each));
            }
        }
        return Objects.requireNonNull(TESTS.get(corruption));
    }

    private static List<Scene> scenes(String purpose, long seed, int count) {
        return IntStream.range(0, count).mapToObj(i -> scene(purpose, seed, i)).toList();
    }

    /** One scene of the classes for fine-tuning. */
    static Scene scene(String purpose, long seed, int i) {
        return Scene.draw(Scene.Kind.target(), new Seeds(seed).stream(purpose, 0, i));
    }

    /** Examples of scenes under a corruption. */
    static SceneExamples examples(List<Scene> scenes, SceneCorruption corruption) {
        return new SceneExamples(
                IntStream.range(0, scenes.size())
                        .mapToObj(i -> VisionInput.of(corrupted(scenes.get(i), corruption, i)))
                        .toList(),
                scenes.stream().map(Scene::labels).toList());
    }

    /** The picture of a test scene. */
    static Pixels corrupted(Scene scene, SceneCorruption corruption, int i) {
        RandomStream random = new Seeds(0).stream("scenes corruption", corruption.ordinal(), i);
        return corruption.apply(scene.image().rounded(), 1, random).pixels();
    }

    /** The bytes of some scenes under every corruption, which change when the drawing does. */
    static byte[] sample() {
        int count = 24;
        byte[] all = new byte[count * SceneCorruption.values().length * Image.SIDE * Image.SIDE * 4];
        int at = 0;
        for (int i = 0; i < count; i++) {
            Scene scene = scene("scenes test", 0, i);
            for (SceneCorruption corruption : SceneCorruption.values()) {
                byte[] bytes = corrupted(scene, corruption, i).values();
                System.arraycopy(bytes, 0, all, at, bytes.length);
                System.arraycopy(scene.labels(), 0, all, at + bytes.length, scene.labels().length);
                at += bytes.length + scene.labels().length;
            }
        }
        return all;
    }
}

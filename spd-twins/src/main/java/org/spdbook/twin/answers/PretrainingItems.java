package org.spdbook.twin.answers;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.twin.ReferenceRandom;

/** What the pre-training sees: pictures alone, then questions of all topics, wordings and manners but that of the fine-tuning. Not thread-safe. */
final class PretrainingItems {

    private static final List<Integer> ALL_WORDINGS = List.of(0, 1, 2, 3);

    private final ReferenceRandom random;

    /** Those of a seed, from the first. */
    PretrainingItems(long seed) {
        random = new ReferenceRandom(seed);
    }

    /** The next pictures; a third of them with a digit, an eighth blurred. */
    List<Drawing> drawings(int number) {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            scenes.add(Scene.draw(random, Prior.NONE, Scene.SOME, random.nextInt(3) == 0));
        }
        return scenes.stream().map(scene -> Drawing.of(scene, blur(), random)).toList();
    }

    /**
     * The next questions.
     *
     * @param count of the things in a scene, or {@link Scene#SOME}
     */
    List<Item> items(int number, int count) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            items.add(item(count));
        }
        return items;
    }

    private Item item(int count) {
        int topic = random.nextInt(100);
        int manner = random.nextInt(20);
        Sampling sampling = Sampling.EVEN
                .worded(ALL_WORDINGS, manner < 9 ? Manner.SHORT : manner < 18 ? Manner.LONG : Manner.MIXED)
                .of(count, blur());
        if (topic >= 68) {
            sampling = sampling.about(topic < 84 ? Topic.TEXT : Topic.KNOWLEDGE);
        }
        return sampling.item(random);
    }

    private int blur() {
        return random.nextInt(8) == 0 ? 1 + random.nextInt(2) : 0;
    }
}

package org.spdbook.twin.answers;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.spdbook.twin.ReferenceRandom;

/**
 * Two to four things in the quarters of a picture.
 *
 * @param things by place: 0 top left, 1 top right, 2 bottom left, 3 bottom right
 */
record Scene(Map<Integer, Thing> things) {

    /** Places of a scene. */
    static final int PLACES = 4;

    /** Asks for two to four things. */
    static final int SOME = 0;

    private static final List<Integer> ALL = IntStream.range(0, PLACES).boxed().toList();

    Scene {
        things = Collections.unmodifiableMap(new TreeMap<>(things));
    }

    /**
     * Draws a scene.
     *
     * @param count of the things, 1 to 4, or {@link #SOME}
     * @param digit whether a digit takes the place of the first of them
     */
    static Scene draw(ReferenceRandom random, Prior prior, int count, boolean digit) {
        List<Integer> places = random.shuffled(ALL);
        int wanted = count == SOME ? 2 + random.nextInt(3) : count;
        Map<Integer, Thing> things = new TreeMap<>();
        for (int i = 0; i < wanted; i++) {
            String shape = random.pick(Thing.SHAPES);
            things.put(places.get(i), new Thing(shape, prior.colour(shape, random)));
        }
        if (digit) {
            things.put(places.get(0), Thing.digit(random.nextInt(10)));
        }
        return new Scene(things);
    }

    /** What stands in a place. */
    Optional<Thing> at(int place) {
        return Optional.ofNullable(things.get(place));
    }

    /** All but digits, by place. */
    List<Thing> coloured() {
        return things.values().stream().filter(thing -> !thing.isDigit()).toList();
    }

    /** The scene with an empty place. */
    Scene without(int place) {
        Map<Integer, Thing> left = new TreeMap<>(things);
        left.remove(place);
        return new Scene(left);
    }
}

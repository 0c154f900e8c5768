package org.spdbook.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Random choices of the worlds of words. A seeded {@link Random} and not the project's {@link org.spdbook.train.RandomStream}, because
 * what is drawn, such as entities, facts, scenes and questions, must equal the reference's, which draws from {@code java.util.Random}; its
 * algorithm is fixed by its documentation, so the choices are the same on every JDK. The one class that may use it. Not thread-safe.
 */
public final class ReferenceRandom {

    private final Random random;

    /** The choices of a seed, any value. */
    public ReferenceRandom(long seed) {
        random = new Random(seed);
    }

    /** Uniform in 0..bound-1; {@code bound >= 1}. */
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return random.nextDouble();
    }

    /** True for half of the draws. */
    public boolean coin() {
        return random.nextInt(2) == 0;
    }

    /** One of several. */
    public <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** All in random order. */
    public <T> List<T> shuffled(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return Collections.unmodifiableList(shuffled);
    }

    /** One that is another, by rejection; without end if there is none. */
    public <T> T other(List<T> list, T than) {
        return others(list, than, 1).get(0);
    }

    /** Several that are others and differ, in the order drawn, by rejection; without end if there are too few. */
    public <T> List<T> others(List<T> list, T than, int count) {
        List<T> others = new ArrayList<>();
        while (others.size() < count) {
            T drawn = pick(list);
            if (!drawn.equals(than) && !others.contains(drawn)) {
                others.add(drawn);
            }
        }
        return Collections.unmodifiableList(others);
    }

    /** A value hidden among others of a list: {@code count} options in random order. */
    public <T> List<T> options(List<T> list, T value, int count) {
        List<T> options = new ArrayList<>(others(list, value, count - 1));
        options.add(value);
        return shuffled(options);
    }
}

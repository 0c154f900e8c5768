package org.spdbook.train;

/**
 * All randomness of a run, derived from (seed, purpose, epoch, index). Nothing random has to be stored: a run resumed at
 * any step asks for the same streams again. Immutable.
 *
 * @param seed the run's seed, any value
 */
public record Seeds(long seed) {

    /**
     * The stream for one purpose at one place of the run. Equal arguments give equal streams; different ones give
     * unrelated streams.
     *
     * @param purpose what it is for: {@code "order"}, {@code "augmentation"} ...
     * @param epoch epoch, from 0
     * @param index example, batch or tensor within the epoch, from 0
     */
    public RandomStream stream(String purpose, long epoch, long index) {
        long state = RandomStream.mix(seed + 0x632BE59BD9B4E019L);
        for (int i = 0; i < purpose.length(); i++) {
            state = RandomStream.mix(state ^ purpose.charAt(i));
        }
        state = RandomStream.mix(state ^ (epoch + 1));
        return new RandomStream(RandomStream.mix(state ^ RandomStream.mix(index + 1)));
    }
}

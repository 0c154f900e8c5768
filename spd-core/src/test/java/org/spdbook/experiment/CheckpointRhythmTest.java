package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointRhythmTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private long now = -3 * MINUTE; // nanoTime may be below 0

    private CheckpointRhythm rhythm(int steps, int minutes) {
        return new CheckpointRhythm(new Recording(steps, Duration.ofMinutes(minutes), 8), () -> now);
    }

    @Test
    void should_be_due_by_the_number_of_the_step_when_steps_are_fast() {
        CheckpointRhythm rhythm = rhythm(3, 10);

        assertThat(rhythm.isDue(1)).isFalse();
        assertThat(rhythm.isDue(2)).isFalse();
        assertThat(rhythm.isDue(3)).isTrue();
        assertThat(rhythm.isDue(4)).isFalse();
        assertThat(rhythm.isDue(6)).isTrue();
    }

    @Test
    void should_be_due_by_time_since_the_last_one_when_steps_are_slow() {
        CheckpointRhythm rhythm = rhythm(3, 10);

        now += 9 * MINUTE;
        assertThat(rhythm.isDue(1)).isFalse();
        now += MINUTE;
        assertThat(rhythm.isDue(2)).isTrue();
        now += 9 * MINUTE;
        assertThat(rhythm.isDue(3)).as("by its number, which begins a new time").isTrue();
        now += 9 * MINUTE;
        assertThat(rhythm.isDue(4)).isFalse();
        now += MINUTE;
        assertThat(rhythm.isDue(5)).isTrue();
        assertThat(rhythm.isDue(5)).isFalse();
    }

    @Test
    void should_refuse_when_there_is_no_time_between_checkpoints() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recording.defaults().withCheckpointAfter(Duration.ZERO))
                .withMessageContaining("must be above 0, got PT0S");
    }
}

package org.spdbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutgoingQueueTest {

    private static final List<byte[]> MESSAGE = List.of(new byte[60], new byte[40]);

    private final OutgoingQueue queue = new OutgoingQueue(100);

    @Test
    void should_make_a_thread_wait_when_it_is_full_until_there_is_room() throws Exception {
        queue.add(MESSAGE, true);
        Thread producer = new Thread(() -> queue.add(List.of(new byte[1]), true));
        producer.start();
        while (producer.getState() != Thread.State.WAITING) {
            assertThat(producer.isAlive()).isTrue();
            Thread.onSpinWait();
        }

        assertThat(queue.poll()).isEqualTo(MESSAGE);
        producer.join();
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void should_take_a_message_at_once_when_it_may_not_wait() {
        queue.add(MESSAGE, true);
        queue.add(MESSAGE, false);

        assertThat(queue.poll()).isNotNull();
        assertThat(queue.poll()).isNotNull();
    }

    @Test
    void should_lose_nothing_when_the_waiting_thread_is_interrupted() throws Exception {
        queue.add(MESSAGE, true);
        var stillInterrupted = new CountDownLatch(1);
        Thread producer = new Thread(() -> {
            queue.add(MESSAGE, true);
            if (Thread.currentThread().isInterrupted()) {
                stillInterrupted.countDown();
            }
        });
        producer.start();
        producer.interrupt();
        producer.join();

        assertThat(stillInterrupted.getCount()).isZero();
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.poll()).isNotNull();
    }
}

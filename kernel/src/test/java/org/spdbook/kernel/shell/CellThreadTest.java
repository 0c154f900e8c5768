package org.spdbook.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CellThreadTest {

    private static JavaShell shell;

    @BeforeAll
    static void open() {
        shell = new JavaShell(new CellClasses("", List.of()));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    /** Asks a cell to stop once it has counted down {@code begun}; what the cell ended with. */
    private static String stopped(String source) throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CompletableFuture<String>();
        var cell = new CellThread(() -> {
            try {
                shell.bind("begun", CountDownLatch.class, begun);
                end.complete(String.valueOf(shell.run(source, 1, 1)));
            } catch (CellException e) {
                end.complete(e.name());
            }
        });
        cell.start();
        begun.await();
        while (!end.isDone()) {
            cell.ask();
            try {
                return end.get(50, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                // it may have begun to block after it was asked
            }
        }
        return end.get();
    }

    @Test
    void should_end_when_a_loop_is_asked_to_stop() throws Exception {
        assertThat(stopped("{ begun.countDown(); while (true) {} }")).isEqualTo("Interrupted");
    }

    @Test
    void should_end_when_a_lambda_is_called_by_an_endless_stream() throws Exception {
        assertThat(stopped("Stream.iterate(1, n -> n + 1).forEach(n -> begun.countDown());"))
                .isEqualTo("Interrupted");
    }

    @Test
    void should_end_when_it_waits_and_swallows_the_interrupt() throws Exception {
        assertThat(stopped("while (true) { begun.countDown(); try { Thread.sleep(9000); } catch (Throwable e) {} }"))
                .isEqualTo("Interrupted");
    }

    @Test
    void should_end_when_it_blocks_on_a_socket() throws Exception {
        assertThat(stopped("try (var s = new java.net.ServerSocket(0)) { begun.countDown(); s.accept(); }"))
                .isIn("Interrupted", "SocketException");
    }

    @Test
    void should_keep_interrupts_from_code_of_the_kernel_until_it_is_left() throws Exception {
        var inside = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var seen = new CompletableFuture<Boolean>();
        var after = new CompletableFuture<Boolean>();
        var cell = new CellThread(() -> {
            try {
                CellThread.inUserCode(() -> {
                    seen.complete(CellThread.inKernelCode(() -> {
                        inside.countDown();
                        go.await();
                        return Thread.currentThread().isInterrupted();
                    }));
                    return after.complete(Thread.currentThread().isInterrupted());
                });
            } catch (Exception e) {
                seen.completeExceptionally(e);
            }
        });
        cell.start();
        inside.await();
        cell.ask();
        go.countDown();
        assertThat(seen.get()).isFalse();
        assertThat(after.get()).isTrue();
    }

    @Test
    void should_leave_other_threads_alone_when_a_cell_is_stopped() throws Exception {
        shell.run("var ticks = new java.util.concurrent.atomic.AtomicLong(); ", 1, 1);
        shell.run("var go = new java.util.concurrent.atomic.AtomicBoolean(true);", 1, 1);
        shell.run("var ticker = new Thread(() -> { while (go.get()) ticks.incrementAndGet(); });", 1, 1);
        shell.run("ticker.start();", 1, 1);
        assertThat(stopped("{ begun.countDown(); while (true) {} }")).isEqualTo("Interrupted");
        assertThat(shell.run("ticker.isAlive()", 2, 1)).isEqualTo(true);
        shell.run("go.set(false); ", 3, 1);
        shell.run("ticker.join();", 3, 1);
    }

    @Test
    @SuppressWarnings("try") // closing it is all it is for
    void should_close_what_it_blocks_on_when_it_is_asked_to_stop() throws Exception {
        var closed = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        var cell = new CellThread(() -> {
            try (var blocked = CellThread.blockedOn(closed::countDown)) {
                told.countDown();
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        cell.start();
        told.await();
        cell.ask();
        cell.join();
        assertThat(closed.getCount()).isZero();
    }
}

package org.spdbook.weights.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, taken piece by piece. Unlike the client's own stream it ends when the server says nothing for too long,
 * or when asked to.
 */
final class ByteQueue implements HttpResponse.BodySubscriber<ByteQueue>, AutoCloseable {

    /** How often a waiting thread looks whether it is to stop. */
    static final Duration GLANCE = Duration.ofMillis(100);

    private static final int AHEAD = 8;

    /** buffers: empty when it is the end; failure: why it is. */
    private record Piece(List<ByteBuffer> buffers, @Nullable Throwable failure, boolean last) {}

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<ByteQueue> body = CompletableFuture.completedFuture(this);
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    @Override
    public CompletionStage<ByteQueue> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece(buffers, null, false));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), failure, true));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), null, true));
    }

    /**
     * The next bytes; null at the end.
     *
     * @param patience how long the server may be silent
     * @throws IOException if the connection breaks or is silent for too long
     * @throws CancelledDownloadException if asked to stop
     */
    @Nullable
    List<ByteBuffer> next(Duration patience, BooleanSupplier cancelled) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Piece piece = poll(cancelled);
            if (piece == null) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("the server was silent for " + patience.toSeconds() + " s");
                }
                continue;
            }
            if (piece.failure != null) {
                throw new IOException(String.valueOf(piece.failure.getMessage()), piece.failure);
            }
            if (piece.last) {
                return null;
            }
            Flow.Subscription given = subscription;
            if (given != null) {
                given.request(1);
            }
            return piece.buffers;
        }
    }

    private @Nullable Piece poll(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancelledDownloadException("the download");
        }
        try {
            return pieces.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledDownloadException("the download");
        }
    }

    /** Lets the connection go. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}

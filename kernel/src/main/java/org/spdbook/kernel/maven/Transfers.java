package org.spdbook.kernel.maven;

import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells a {@link Progress} what Maven's resolver downloads. */
final class Transfers extends AbstractTransferListener {

    private final Progress progress;

    Transfers(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void transferInitiated(TransferEvent event) throws TransferCancelledException {
        check();
    }

    @Override
    public void transferProgressed(TransferEvent event) throws TransferCancelledException {
        check();
        progress.transferred(
                name(event), event.getTransferredBytes(), event.getResource().getContentLength());
    }

    @Override
    public void transferSucceeded(TransferEvent event) {
        progress.finished(name(event), event.getTransferredBytes());
    }

    private void check() throws TransferCancelledException {
        if (progress.isCancelled()) {
            throw new TransferCancelledException("interrupted");
        }
    }

    private static String name(TransferEvent event) {
        String path = event.getResource().getResourceName();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

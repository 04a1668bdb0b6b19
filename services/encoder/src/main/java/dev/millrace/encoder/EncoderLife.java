package dev.millrace.encoder;

import dev.millrace.encoder.versions.catalog.ModelCatalog;
import dev.millrace.encoder.versions.follow.CheckpointListener;
import dev.millrace.encoder.versions.follow.ReloadThread;
import dev.millrace.encoder.versions.load.VersionFolders;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** What runs besides requests, from first to last. */
final class EncoderLife {
    private static final Logger LOG = Logger.getLogger(EncoderLife.class);
    private static final long DRAIN_SECONDS = 10;

    private final Duration pollInterval;
    private final ReloadThread reloads;
    private final Optional<CheckpointListener> listener;
    private final ModelCatalog catalog;
    private final VersionFolders folders;

    EncoderLife(
            Duration pollInterval,
            ReloadThread reloads,
            Optional<CheckpointListener> listener,
            ModelCatalog catalog,
            VersionFolders folders) {
        this.pollInterval = pollInterval;
        this.reloads = reloads;
        this.listener = listener;
        this.catalog = catalog;
        this.folders = folders;
    }

    void start() {
        reloads.start(pollInterval);
        listener.ifPresent(CheckpointListener::start);
    }

    void stop() throws InterruptedException, IOException {
        if (listener.isPresent()) {
            listener.get().stop();
        }
        reloads.stop();
        try {
            catalog.end().get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException unfinished) {
            LOG.warnf("Requests were still being answered at the end: %s", unfinished);
        }
        folders.close();
    }
}

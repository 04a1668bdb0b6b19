package dev.millrace.encoder.versions.load;

import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.versions.spaces.KnownSpaces;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Loads with a memory: what failed is said once, counted, and tried again only after a growing pause. What did not is fitted to the
 * indexes of older versions before anybody gets it.
 */
public final class GuardedLoader {
    private static final Logger LOG = Logger.getLogger(GuardedLoader.class);

    private final VersionLoader loader;
    private final RetrySchedule retries;
    private final EncoderMetrics metrics;
    private final KnownSpaces spaces;

    public GuardedLoader(VersionLoader loader, RetrySchedule retries, EncoderMetrics metrics, KnownSpaces spaces) {
        this.loader = loader;
        this.retries = retries;
        this.metrics = metrics;
        this.spaces = spaces;
    }

    public LoadOutcome load(String version) {
        if (!retries.due(version)) {
            return new LoadOutcome.Deferred(version);
        }
        final LoadOutcome outcome = loader.load(version);
        if (outcome instanceof LoadOutcome.Ready ready) {
            retries.succeeded(version);
            spaces.fit(ready.model());
        } else if (outcome instanceof LoadOutcome.Refused refused) {
            retries.failed(version, refused.freed());
            metrics.refused(refused.fault());
            LOG.errorf("Version %s is refused: %s", version, refused.reason());
        } else if (outcome instanceof LoadOutcome.Unavailable unavailable) {
            retries.failed(version, CompletableFuture.completedFuture(null));
            metrics.unavailable();
            LOG.warnf("Version %s could not be fetched: %s", version, unavailable.reason());
        }
        return outcome;
    }
}

package dev.millrace.encoder.versions;

import dev.millrace.checkpoints.BucketException;
import dev.millrace.checkpoints.CheckpointException;
import dev.millrace.checkpoints.CheckpointStore;
import dev.millrace.checkpoints.Pointer;
import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.serving.VersionInfo;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the served version the one the channel points to; used by the reload thread only. */
public final class ChannelFollower {
    private static final Logger LOG = Logger.getLogger(ChannelFollower.class);

    private final String channel;
    private final CheckpointStore store;
    private final GuardedLoader loader;
    private final ServedVersion served;
    private final EncoderMetrics metrics;
    private String lastTrouble = "";

    public ChannelFollower(
            String channel, CheckpointStore store, GuardedLoader loader, ServedVersion served, EncoderMetrics metrics) {
        this.channel = channel;
        this.store = store;
        this.loader = loader;
        this.served = served;
        this.metrics = metrics;
    }

    public void check() {
        try {
            final Optional<Pointer> pointer = store.channel(channel);
            if (pointer.isEmpty()) {
                trouble("it does not exist yet");
            } else if (isNew(pointer.get().version())) {
                reload(pointer.get().version());
            } else {
                trouble("");
            }
        } catch (BucketException | CheckpointException failure) {
            trouble(failure.toString());
        }
    }

    private boolean isNew(String version) {
        return served.info().map(VersionInfo::version).filter(version::equals).isEmpty();
    }

    private void reload(String version) {
        final long start = System.nanoTime();
        final LoadOutcome outcome = loader.load(version);
        if (outcome instanceof LoadOutcome.Unknown) {
            trouble("it points to " + version + ", which is not in the bucket");
        } else if (outcome instanceof LoadOutcome.Ready ready) {
            final String before = served.info().map(VersionInfo::version).orElse("nothing");
            served.swap(ready.model());
            final Duration took = Duration.ofNanos(System.nanoTime() - start);
            metrics.reloaded(took, channel, ready.model().info());
            LOG.infof("Serving %s instead of %s, loaded in %d ms", version, before, took.toMillis());
        }
    }

    /** Said when it changes and not at every poll. */
    private void trouble(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            LOG.warnf("Channel %s: %s", channel, trouble.isEmpty() ? "followed again" : trouble);
        }
    }
}

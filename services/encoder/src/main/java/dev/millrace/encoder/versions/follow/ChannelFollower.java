package dev.millrace.encoder.versions.follow;

import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.CheckpointException;
import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.versions.catalog.ServedVersion;
import dev.millrace.encoder.versions.load.GuardedLoader;
import dev.millrace.encoder.versions.load.LoadOutcome;
import dev.millrace.encoder.versions.watch.PromotionWatch;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the served version the one the channel points to; used by the reload thread only. */
public final class ChannelFollower {
    private static final Logger LOG = Logger.getLogger(ChannelFollower.class);

    private static final int MOST_SKIPPED = 8;

    private final Channel channel;
    private final GuardedLoader loader;
    private final ServedVersion served;
    private final PromotionWatch watch;
    private final EncoderMetrics metrics;
    private volatile String trouble = "not looked at yet";
    private int failures;
    private int toSkip;

    public ChannelFollower(
            Channel channel, GuardedLoader loader, ServedVersion served, PromotionWatch watch, EncoderMetrics metrics) {
        this.channel = channel;
        this.loader = loader;
        this.served = served;
        this.watch = watch;
        this.metrics = metrics;
    }

    /** One look at the channel. While the bucket fails, more and more of them are left out, up to a bound. */
    public void check() {
        if (toSkip > 0) {
            toSkip--;
            return;
        }
        try {
            follow(channel.pointer());
            metrics.spaces(served.spaces());
            failures = 0;
        } catch (BucketException | CheckpointException failure) {
            say(failure.toString());
            metrics.unavailable();
            toSkip = Math.min(1 << Math.min(failures++, 8), MOST_SKIPPED) - 1;
        }
    }

    /** Why the channel is not followed at present; empty when it is. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(words -> !words.isEmpty());
    }

    private void follow(Optional<Pointer> pointer) {
        if (pointer.isEmpty()) {
            say("it does not exist yet");
        } else if (isNew(pointer.get().version())) {
            reload(pointer.get().version());
        } else {
            say("");
            watch.look(pointer.get()).map(Pointer::version).ifPresent(this::reload);
        }
    }

    private boolean isNew(String version) {
        return served.info().map(VersionInfo::version).filter(version::equals).isEmpty();
    }

    private void reload(String version) {
        final long start = System.nanoTime();
        final LoadOutcome outcome = loader.load(version);
        if (outcome instanceof LoadOutcome.Unknown) {
            say("it points to " + version + ", which is not in the bucket: manifest.json is missing");
        } else if (outcome instanceof LoadOutcome.Refused refused) {
            say("it points to " + version + ", which is refused: " + refused.reason());
        } else if (outcome instanceof LoadOutcome.Unavailable unavailable) {
            say("it points to " + version + ", which could not be fetched: " + unavailable.reason());
        } else if (outcome instanceof LoadOutcome.Ready ready) {
            final String before = served.info().map(VersionInfo::version).orElse("nothing");
            watch.serving(ready.model());
            served.swap(ready.model());
            say("");
            final Duration took = Duration.ofNanos(System.nanoTime() - start);
            metrics.reloaded(took, channel.name(), ready.model());
            LOG.infof("Serving %s instead of %s, loaded in %d ms", version, before, took.toMillis());
        }
    }

    /** Said when it changes and not at every poll. */
    private void say(String words) {
        if (!words.equals(trouble)) {
            trouble = words;
            LOG.warnf("Channel %s: %s", channel.name(), words.isEmpty() ? "followed" : words);
        }
    }
}

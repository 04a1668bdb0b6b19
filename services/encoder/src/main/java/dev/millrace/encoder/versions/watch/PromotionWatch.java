package dev.millrace.encoder.versions.watch;

import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.CheckpointException;
import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.serving.Figures;
import dev.millrace.encoder.serving.LiveModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Puts every promoted version on trial against the one it replaced, and moves the channel back there when it does worse. Many
 * encoders may come to the same verdict: the channel moves by compare-and-swap, from where this one has just seen it, so one of
 * them moves it, and none moves it from a version that it has not tried. For the reload thread, but for {@link #verdict}.
 */
public final class PromotionWatch {
    private static final Logger LOG = Logger.getLogger(PromotionWatch.class);

    private final Channel channel;
    private final Optional<WatchBounds> bounds;
    private final InstantSource clock;
    private final EncoderMetrics metrics;
    private Optional<Trial> trial = Optional.empty();
    private volatile String verdict = "";

    /** Without bounds nothing is put on trial. */
    public PromotionWatch(Channel channel, Optional<WatchBounds> bounds, InstantSource clock, EncoderMetrics metrics) {
        this.channel = channel;
        this.bounds = bounds;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Why the served version ought to be rolled back, as long as it is not; empty when nothing speaks against it. */
    public Optional<String> verdict() {
        return Optional.of(verdict).filter(words -> !words.isEmpty());
    }

    /** A version has begun to serve, in place of the one told before. */
    public void serving(LiveModel model) {
        trial = bounds.map(limits -> trialOf(model, limits));
        verdict = "";
    }

    /**
     * Looks how the version that the channel points to, which is the one that serves, has done so far. One that is held is there
     * by somebody's will, and stays.
     *
     * @return where the channel stands when it was rolled back
     */
    public Optional<Pointer> look(Pointer pointer) {
        if (pointer.hold().isPresent() || trial.isEmpty()) {
            verdict = "";
            return Optional.empty();
        }
        return trial.get().standard().flatMap(standard -> judge(trial.get(), standard, pointer));
    }

    private Optional<Pointer> judge(Trial tried, Standard standard, Pointer pointer) {
        final boolean known = verdict().isPresent();
        if (!known && clock.instant().isBefore(tried.since().plus(tried.bounds().window()))) {
            verdict = tried.worseThan(standard, clock.instant())
                    .map(what -> tried.version() + " " + what + ", measured against " + standard.version())
                    .orElse("");
            verdict().ifPresent(words -> LOG.errorf("Channel %s is to be rolled back: %s", channel.name(), words));
        }
        return verdict().flatMap(words -> rollBack(pointer, standard.version(), words, !known));
    }

    private Optional<Pointer> rollBack(Pointer pointer, String version, String why, boolean first) {
        try {
            final Pointer back = channel.rollBackTo(pointer, version, why);
            metrics.rolledBack(RollbackOutcome.DONE);
            LOG.warnf("Channel %s is rolled back to %s and held there: %s", channel.name(), version, why);
            return Optional.of(back);
        } catch (StalePointerException moved) {
            metrics.rolledBack(RollbackOutcome.LOST);
            LOG.infof("Another hand has moved channel %s first: %s", channel.name(), moved.getMessage());
        } catch (BucketException | CheckpointException refused) {
            metrics.rolledBack(RollbackOutcome.REFUSED);
            if (first) {
                LOG.errorf(
                        "Channel %s CANNOT be rolled back, %s goes on serving: %s",
                        channel.name(), pointer.version(), refused);
            }
        }
        return Optional.empty();
    }

    private Trial trialOf(LiveModel model, WatchBounds limits) {
        final Optional<Standard> standard =
                trial.flatMap(last -> standardFor(model.info().version(), last));
        return new Trial(model, limits, new PassStall(model.record(), limits.passLimit()), clock.instant(), standard);
    }

    /**
     * What the next version is measured by. A version that was found worse sets no standard, nor one that was replaced before
     * it had answered enough requests, nor one that the channel has been moved back from.
     */
    private Optional<Standard> standardFor(String next, Trial last) {
        final boolean isMoveBack =
                last.standard().map(Standard::version).filter(next::equals).isPresent();
        final Figures figures = last.figures();
        return isMoveBack || verdict().isPresent() || !last.bounds().enough(figures)
                ? last.standard()
                : Optional.of(new Standard(last.version(), figures));
    }

    private record Trial(
            LiveModel model, WatchBounds bounds, PassStall stall, Instant since, Optional<Standard> standard) {
        String version() {
            return model.info().version();
        }

        Figures figures() {
            return model.record().figures();
        }

        Optional<String> worseThan(Standard before, Instant now) {
            return bounds.hung(stall.look(now)).or(() -> bounds.broken(before.figures(), figures()));
        }
    }

    private record Standard(String version, Figures figures) {}
}

package dev.millrace.trainer;

import dev.millrace.checkpoints.StalePointerException;
import dev.millrace.embedding.NonFiniteStepException;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.WindowOutcome;
import dev.millrace.trainer.lineage.Lineage;
import dev.millrace.trainer.lineage.Position;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.WindowBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The trainer's one thread: take up the lineage at its head; then window after window: read, learn, publish, promote. Any
 * failure throws away what is in memory and takes the lineage up again, since nothing counts but what the head names.
 */
final class TrainerLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(TrainerLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** What the loop is made of. */
    record Parts(
            Lineage lineage,
            Promotion promotion,
            PairsLog log,
            Supplier<WindowBuilder> windows,
            Function<Path, Learner> learners) {}

    private final Parts parts;
    private final Optional<Path> baseModel;
    private final TrainerStatus status;
    private final CountDownLatch stopped = new CountDownLatch(1);

    TrainerLoop(Parts parts, Optional<Path> baseModel, TrainerStatus status) {
        this.parts = parts;
        this.baseModel = baseModel;
        this.status = status;
    }

    @Override
    public void run() {
        BackOff backOff = new BackOff();
        try {
            while (!stopping()) {
                attempt(backOff);
            }
        } finally {
            parts.log().close();
        }
    }

    private void attempt(BackOff backOff) {
        try {
            followLineage();
            backOff.reset();
        } catch (StalePointerException e) {
            LOG.infof("another trainer moved the head first, so this window is learned again: %s", e.getMessage());
        } catch (WakeupException e) {
            LOG.debug("woken to stop", e);
        } catch (RuntimeException e) {
            status.failed(e);
            LOG.errorf(e, "taking the lineage up again in %s: %s", backOff.next(), e.getMessage());
            backOff.sleepUntil(stopped);
        }
    }

    void stop() {
        stopped.countDown();
        parts.log().wake();
    }

    private boolean stopping() {
        return stopped.getCount() == 0;
    }

    private void followLineage() {
        Position position = parts.lineage().position().orElseGet(this::begin);
        parts.promotion().promoteIfNew(position.manifest());
        Path folder = parts.lineage().download(position);
        try (Learner learner = parts.learners().apply(folder)) {
            LOG.infof("training on from %s", position.manifest().version());
            parts.log().startFrom(position.manifest().offsets());
            status.at(position.manifest().version());
            while (!stopping() && parts.lineage().isHead(position)) {
                Optional<Window> window = gather();
                if (window.isEmpty()) {
                    parts.log().startFrom(position.manifest().offsets());
                } else if (parts.lineage().isHead(position)) {
                    position = advance(position, learner, window.get());
                }
            }
        }
    }

    private Position begin() {
        return parts.lineage()
                .begin(baseModel.orElseThrow(() -> new IllegalStateException(
                        "the bucket has no version and millrace.trainer.base-model names no folder")));
    }

    /** Empty when partitions came or went, or the trainer is to stop. */
    private Optional<Window> gather() {
        WindowBuilder window = parts.windows().get();
        boolean whole = true;
        while (whole && !window.isDue() && !stopping()) {
            whole = parts.log().fill(window, POLL);
        }
        return whole && !stopping() ? Optional.of(window.build()) : Optional.empty();
    }

    private Position advance(Position parent, Learner learner, Window window) {
        long started = System.nanoTime();
        WindowOutcome outcome;
        try {
            outcome = learner.learn(window.pairs());
        } catch (NonFiniteStepException e) {
            passOver(parent, window, e);
            // No longer the head: so the lineage is taken up again, by a learner that has not diverged.
            return parent;
        }
        long learned = System.nanoTime();
        Position child = parts.lineage().publish(parent, learner, window, outcome);
        if (outcome.trusted()) {
            parts.promotion().promote(child.manifest());
        }
        parts.log().commit(child.manifest().offsets());
        parts.lineage().retain();
        status.published(
                child.manifest(), Duration.ofNanos(learned - started), Duration.ofNanos(System.nanoTime() - learned));
        return child;
    }

    /**
     * Goes on behind a window that diverged: its pairs become dead letters, and an empty window is learned in its place, which
     * leaves the parent's weights as they are. Trying again would end the same, since a window's seeds are its own.
     */
    private void passOver(Position parent, Window window, NonFiniteStepException cause) {
        LOG.errorf(
                cause,
                "%d pairs are set aside: training on them diverged",
                window.pairs().size());
        Window nothing = parts.log().setAside(window, "diverged");
        try (Learner learner = parts.learners().apply(parts.lineage().download(parent))) {
            advance(parent, learner, nothing);
        }
    }
}

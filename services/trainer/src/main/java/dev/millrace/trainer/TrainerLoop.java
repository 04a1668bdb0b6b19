package dev.millrace.trainer;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import dev.millrace.trainer.learning.window.WindowOutcome;
import dev.millrace.trainer.lineage.Lineage;
import dev.millrace.trainer.lineage.Position;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.lineage.Unpublished;
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
 * The trainer's one thread: take up the lineage at its head; then window after window: read, learn, and hand over to be
 * published and promoted while the next is read and learned. Any failure throws away what is in memory and takes the
 * lineage up again, since nothing counts but what the head names.
 */
final class TrainerLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(TrainerLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** While nothing comes, some 5 s. */
    private static final int POLLS_BETWEEN_LOOKS = 25;

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
    private volatile boolean abandoning;

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
            status.pulse().beat();
            followLineage();
            backOff.reset();
        } catch (StalePointerException e) {
            LOG.infof("another trainer moved the head first, so this window is learned again: %s", e.getMessage());
        } catch (WindowAbandonedException e) {
            LOG.warn(e.getMessage());
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

    /** As {@link #stop}, but a window in training is given up before its next step. */
    void abandon() {
        abandoning = true;
        stop();
    }

    private void goOnUnlessAbandoning() {
        status.pulse().beat();
        if (abandoning) {
            throw new WindowAbandonedException(
                    "the window in training is given up; it is read again at the next start");
        }
    }

    private boolean stopping() {
        return stopped.getCount() == 0;
    }

    private void followLineage() {
        Position head = parts.lineage().position().orElseGet(this::begin);
        parts.promotion().follow(head.manifest());
        Path folder = parts.lineage().download(head);
        try (Learner learner = parts.learners().apply(folder);
                Publishing publishing = new Publishing(head)) {
            LOG.infof("training on from %s", head.manifest().version());
            parts.log().startFrom(head.manifest().offsets());
            status.at(head.manifest().version());
            boolean onward = true;
            while (onward && !stopping() && isHead(publishing)) {
                Optional<Window> window = gather(publishing);
                if (window.isEmpty()) {
                    parts.log().startFrom(publishing.settled().manifest().offsets());
                } else {
                    onward = isHead(publishing) && advance(learner, window.get(), publishing);
                }
            }
        }
    }

    /** A version under way finds out by itself. */
    private boolean isHead(Publishing publishing) {
        if (publishing.underWay()) {
            return true;
        }
        Position settled = publishing.settled();
        boolean head = parts.lineage().isHead(settled);
        if (!head) {
            LOG.infof(
                    "another trainer moved the head on from %s, or a person moved it back: going on from there",
                    settled.manifest().version());
        }
        return head;
    }

    /** A bucket that is away says nothing; whoever publishes finds out. */
    private boolean mayBeHead(Publishing publishing) {
        try {
            return publishing.underWay() || parts.lineage().isHead(publishing.settled());
        } catch (BucketUnavailableException e) {
            LOG.debug("the head was not looked at", e);
            return true;
        }
    }

    private Position begin() {
        return parts.lineage()
                .begin(baseModel.orElseThrow(() -> new IllegalStateException(
                        "the bucket has no version and millrace.trainer.base-model names no folder")));
    }

    /** Empty when partitions came or went, the head was moved, or the trainer is to stop. */
    private Optional<Window> gather(Publishing publishing) {
        WindowBuilder window = parts.windows().get();
        boolean whole = true;
        for (int poll = 1; whole && !window.isDue() && !stopping(); poll++) {
            status.pulse().beat();
            publishing.news().ifPresent(position -> parts.log()
                    .commit(position.manifest().offsets()));
            whole = parts.log().fill(window, POLL) && (poll % POLLS_BETWEEN_LOOKS != 0 || mayBeHead(publishing));
        }
        return whole && !stopping() ? Optional.of(window.build()) : Optional.empty();
    }

    /** Learns the window and lets it be published; false when the learner has diverged. */
    private boolean advance(Learner learner, Window window, Publishing publishing) {
        long started = System.nanoTime();
        try {
            WindowOutcome outcome = learner.learn(window.pairs(), this::goOnUnlessAbandoning);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            publish(learner, new Learned(window, outcome, took), publishing);
            return true;
        } catch (NonFiniteStepException | DivergedException e) {
            passOver(window, e, publishing);
            return false;
        }
    }

    private record Learned(Window window, WindowOutcome outcome, Duration took) {}

    private void publish(Learner learner, Learned learned, Publishing publishing) {
        Position parent = publishing.settled();
        parts.log().awaitDeadLetters();
        Unpublished kept = parts.lineage().keep(learner);
        publishing.begin(() -> bring(parent, kept, learned));
    }

    private Position bring(Position parent, Unpublished kept, Learned learned) {
        long started = System.nanoTime();
        Position child = parts.lineage().publish(parent, kept, learned.window(), learned.outcome());
        parts.promotion().follow(child.manifest());
        parts.lineage().retain();
        status.published(child.manifest(), learned.took(), Duration.ofNanos(System.nanoTime() - started));
        return child;
    }

    /**
     * Goes on behind a window that diverged: its pairs become dead letters, and an empty window is learned in its place, which
     * leaves the parent's weights as they are. Trying again would end the same, since a window's seeds are its own.
     */
    private void passOver(Window window, RuntimeException cause, Publishing publishing) {
        LOG.errorf(
                cause,
                "%d pairs are set aside: training on them diverged",
                window.pairs().size());
        Path parent = parts.lineage().download(publishing.settled());
        Window nothing = parts.log().setAside(window, "diverged");
        try (Learner learner = parts.learners().apply(parent)) {
            advance(learner, nothing, publishing);
            publishing.settled();
        }
    }
}

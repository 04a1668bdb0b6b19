package dev.millrace.trainer;

import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.service.backoff.BackOff;
import dev.millrace.service.backoff.Retries;
import dev.millrace.trainer.VersionPublisher.Learned;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.WindowBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The trainer's one thread: take up the lineage at its head; then window after window: gather, learn, and hand over to be
 * published and promoted while the next is gathered and learned. Any failure throws away what is in memory and takes the
 * lineage up again, since nothing counts but what the head names.
 */
final class TrainerLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(TrainerLoop.class);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** What the loop is made of. */
    record Parts(
            LineageStore lineage,
            Promotion promotion,
            PairsLog log,
            Supplier<WindowBuilder> windows,
            Function<Path, Learner> learners) {}

    private final Parts parts;
    private final Optional<Path> baseModel;
    private final TrainerStatus status;
    private final StopSignal stop = new StopSignal();
    private final WindowSource source;
    private final VersionPublisher publisher;

    TrainerLoop(Parts parts, Optional<Path> baseModel, TrainerStatus status) {
        this.parts = parts;
        this.baseModel = baseModel;
        this.status = status;
        source = new WindowSource(parts.log(), parts.windows(), parts.lineage(), status.pulse(), stop);
        publisher = new VersionPublisher(parts.lineage(), parts.promotion(), parts.log(), status);
    }

    @Override
    public void run() {
        Retries retries = new Retries(BACK_OFF);
        try {
            while (!stop.given()) {
                attempt(retries);
            }
        } finally {
            parts.log().close();
        }
    }

    private void attempt(Retries retries) {
        try {
            status.pulse().beat();
            followHead();
            retries.reset();
        } catch (StalePointerException e) {
            LOG.infof("another trainer moved the head first, so this window is learned again: %s", e.getMessage());
        } catch (WindowAbandonedException e) {
            LOG.warn(e.getMessage());
        } catch (WakeupException e) {
            LOG.debug("woken to stop", e);
        } catch (RuntimeException e) {
            Duration wait = retries.next();
            status.failed(e);
            LOG.errorf(e, "taking the lineage up again in %s: %s", wait, e.getMessage());
            stop.await(wait);
        }
    }

    void stop() {
        stop.stop();
        parts.log().wake();
    }

    /** As {@link #stop}, but a window in training is given up before its next step. */
    void abandon() {
        stop.abandon();
        parts.log().wake();
    }

    private void followHead() {
        Position head = takeUpHead();
        Path folder = parts.lineage().download(head);
        try (Learner learner = parts.learners().apply(folder);
                Publishing publishing = new Publishing(head)) {
            LOG.infof("training on from %s", head.manifest().version());
            source.startFrom(head);
            status.at(head.manifest().version());
            boolean onward = true;
            while (onward && !stop.given() && source.isHead(publishing)) {
                Optional<Window> window = source.gather(publishing);
                if (window.isEmpty()) {
                    source.startFrom(publishing.settled());
                } else {
                    onward = source.isHead(publishing) && advance(learner, window.get(), publishing);
                }
            }
        }
    }

    private Position takeUpHead() {
        Position head = parts.lineage().position().orElseGet(this::begin);
        parts.promotion().follow(head.manifest());
        return head;
    }

    private Position begin() {
        return parts.lineage()
                .begin(baseModel.orElseThrow(() -> new IllegalStateException(
                        "the bucket has no version and millrace.trainer.base-model names no folder")));
    }

    /** Learns the window and lets it be published; false when the learner has diverged. */
    private boolean advance(Learner learner, Window window, Publishing publishing) {
        long started = System.nanoTime();
        try {
            Learner.Outcome outcome = learner.learn(window.pairs(), this::beforeStep);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            publisher.begin(learner, new Learned(window, outcome, took), publishing);
            return true;
        } catch (NonFiniteStepException | DivergedException e) {
            setAside(window, e, publishing);
            return false;
        }
    }

    private void beforeStep() {
        status.pulse().beat();
        stop.throwIfAbandoning();
    }

    /**
     * Goes on behind a window that diverged: its pairs become dead letters, and an empty window is learned in its place, which
     * leaves the parent's weights as they are. Trying again would end the same, since a window's seeds are its own.
     */
    private void setAside(Window window, RuntimeException cause, Publishing publishing) {
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

package dev.millrace.trainer;

import dev.millrace.trainer.VersionPublisher.Learned;
import dev.millrace.trainer.WindowSource.Gathered;
import dev.millrace.trainer.failure.FailedWindows;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.state.DocumentChanges;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import dev.millrace.trainer.stream.DocumentsLog;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.Window;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Learns a window, without the pairs in it that cannot be learned. */
final class WindowLearner {
    private static final Logger LOG = Logger.getLogger(WindowLearner.class);

    private final PairsLog log;
    private final Optional<DocumentsLog> documents;
    private final FailedWindows failed;
    private final TrainerStatus status;
    private final StopSignal stop;

    WindowLearner(
            PairsLog log,
            Optional<DocumentsLog> documents,
            FailedWindows failed,
            TrainerStatus status,
            StopSignal stop) {
        this.log = log;
        this.documents = documents;
        this.failed = failed;
        this.status = status;
        this.stop = stop;
    }

    /**
     * Learns what can be learned of it.
     *
     * @throws WindowFailedException when it could not be; the learner is then to be closed
     */
    Learned learn(Learner learner, Gathered gathered) {
        long started = System.nanoTime();
        Window gatheredWindow = gathered.window();
        documents.ifPresent(written -> takeDocuments(learner, written.read(learner::unreadableTexts)));
        failed.begin(gatheredWindow);
        Window window = setAside(gatheredWindow, trying(gatheredWindow, () -> faults(learner, gatheredWindow)));
        Learner.Outcome outcome = trying(window, () -> learner.learn(window.pairs(), this::between));
        failed.learned(window);
        status.standstill(failed.standstill());
        if (!outcome.taught()) {
            status.taughtNothing(outcome.admission().fresh().size());
        }
        return new Learned(window, gathered.topic(), outcome, Duration.ofNanos(System.nanoTime() - started));
    }

    private void takeDocuments(Learner learner, DocumentChanges read) {
        learner.takeDocuments(read);
        status.documents(read, learner.documents());
    }

    private <T> T trying(Window window, Supplier<T> part) {
        try {
            return part.get();
        } catch (WindowAbandonedException e) {
            failed.abandoned();
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            FailedWindows.Next next = failed.failed(window, e);
            status.standstill(failed.standstill());
            throw new WindowFailedException(window.pairs().size(), next, e);
        }
    }

    /** A broker that does not take a letter says nothing of the window. */
    private Window setAside(Window window, SortedMap<Integer, String> faults) {
        try {
            return log.setAside(window, faults);
        } catch (KafkaException e) {
            failed.abandoned();
            throw e;
        }
    }

    /**
     * Learns again what the learner remembers, while nothing comes.
     *
     * @return empty when nothing was gained; the learner is then to be closed
     */
    Optional<Learned> consolidate(Learner learner, Gathered nothing) {
        long started = System.nanoTime();
        Learner.Outcome outcome = consolidated(learner);
        LOG.infof(
                "while nothing came, %.0f pairs were learned again: surprise at others %.4f before, %.4f after, %s",
                outcome.figures().get("consolidated"),
                outcome.figures().get("before.held-back.surprise"),
                outcome.figures().get("held-back.surprise"),
                outcome.gained() ? "published" : "thrown away");
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return Optional.of(new Learned(nothing.window(), nothing.topic(), outcome, took))
                .filter(learned -> outcome.gained());
    }

    /** Memory that is not enough for it ends a pass, not the trainer. */
    private Learner.Outcome consolidated(Learner learner) {
        try {
            return learner.consolidate(this::between);
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException("what is remembered could not be learned again: " + e.getMessage(), e);
        }
    }

    /** Why pairs are set aside: no text in a window may keep the others from being learned. */
    private SortedMap<Integer, String> faults(Learner learner, Window window) {
        if (failed.unlearning()) {
            learner.forgetUsualGradients();
        }
        SortedMap<Integer, String> faults = new TreeMap<>(learner.unreadable(window.pairs()));
        if (failed.searching()) {
            faults.putAll(learner.unencodable(window.pairs(), this::between));
        }
        faults.putAll(failed.condemned(window));
        if (!faults.isEmpty()) {
            LOG.warnf(
                    "%d of %d pairs are set aside, the first since it %s",
                    faults.size(), window.pairs().size(), faults.get(faults.firstKey()));
        }
        return faults;
    }

    private void between() {
        status.pulse().beat();
        stop.throwIfAbandoning();
    }

    /** A window could not be learned; what is done about it is settled already. */
    static final class WindowFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient FailedWindows.Next next;

        private WindowFailedException(int pairs, FailedWindows.Next next, Throwable cause) {
            super(
                    "a window of %d pairs could not be learned, %s: %s"
                            .formatted(pairs, next.words(), cause.getMessage()),
                    cause);
            this.next = next;
        }

        boolean waiting() {
            return next.waiting();
        }
    }
}

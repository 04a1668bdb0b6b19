package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.trainer.failure.FailedWindows;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.state.DocumentChanges;
import dev.millrace.trainer.learning.window.Admission;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import dev.millrace.trainer.lineage.Advance;
import dev.millrace.trainer.loop.VersionPublisher.Learned;
import dev.millrace.trainer.loop.WindowSource.Gathered;
import dev.millrace.trainer.status.TrainerStatus;
import dev.millrace.trainer.stream.DocumentsLog;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.Window;
import java.time.Duration;
import java.util.List;
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

    /** A window whose steps are taken; {@code window} is without what was set aside. */
    record Taught(Window window, TopicIdentity topic, Learner.Taught lesson) {}

    /**
     * Learns what can be learned of it.
     *
     * @throws WindowFailedException when it could not be; the learner is then to be closed
     */
    Learned learn(Learner learner, Gathered gathered) {
        long started = System.nanoTime();
        Window window = readied(learner, gathered.window());
        Learner.Outcome outcome = trying(window, () -> learner.learn(window.pairs(), this::between));
        settle(window, outcome.taught(), outcome.admission());
        Advance advance = Advance.by(window, gathered.topic(), outcome.admission());
        return new Learned(advance, outcome, Duration.ofNanos(System.nanoTime() - started));
    }

    /**
     * As {@link #learn}, but leaves it to be judged with what other trainers come to.
     *
     * @param ahead what was taught before and waits to be judged
     * @param between whatever else is to be done while it learns
     */
    Taught teach(Learner learner, Gathered gathered, List<Learner.Taught> ahead, Runnable between) {
        Window window = readied(learner, gathered.window());
        Learner.Taught lesson = trying(
                window,
                () -> learner.teach(window.pairs(), ahead, () -> {
                    between();
                    between.run();
                }));
        settle(window, lesson.taught(), lesson.admission());
        return new Taught(window, gathered.topic(), lesson);
    }

    private Window readied(Learner learner, Window gathered) {
        documents.ifPresent(written -> takeDocuments(learner, written.read(learner.faults()::unreadableTexts)));
        failed.begin(gathered);
        return setAside(gathered, trying(gathered, () -> faults(learner, gathered)));
    }

    private void settle(Window window, boolean taught, Admission admission) {
        failed.learned(window);
        status.standstill(failed.standstill());
        if (!taught) {
            status.taughtNothing(admission.fresh().size());
        }
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
        Advance nowhere = Advance.by(nothing.window(), nothing.topic(), outcome.admission());
        return Optional.of(new Learned(nowhere, outcome, took)).filter(learned -> outcome.gained());
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
        SortedMap<Integer, String> faults = new TreeMap<>(learner.faults().unreadable(window.pairs()));
        if (failed.searching()) {
            faults.putAll(learner.faults().unencodable(window.pairs(), this::between));
        }
        faults.putAll(failed.condemned(window));
        if (!faults.isEmpty()) {
            LOG.warnf(
                    "%d of %d pairs are set aside, the first since it %s",
                    faults.size(), window.pairs().size(), faults.get(faults.firstKey()));
        }
        return faults;
    }

    /** Whatever else is to be done while it learns. */
    void between() {
        status.pulse().beat();
        log.stay();
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

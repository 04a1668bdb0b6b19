package dev.millrace.trainer;

import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.service.backoff.BackOff;
import dev.millrace.service.backoff.Retries;
import dev.millrace.trainer.VersionPublisher.Learned;
import dev.millrace.trainer.WindowLearner.WindowFailedException;
import dev.millrace.trainer.WindowSource.Found;
import dev.millrace.trainer.WindowSource.Gathered;
import dev.millrace.trainer.failure.FailedWindows;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import dev.millrace.trainer.lineage.Beginning;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.lineage.ServedVersion;
import dev.millrace.trainer.round.RoundRules;
import dev.millrace.trainer.round.RoundWait;
import dev.millrace.trainer.round.Rounds;
import dev.millrace.trainer.stream.DocumentsLog;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.WindowBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The trainer's one thread: take up the lineage at its head; then window after window: gather, learn, and hand over to
 * be published and promoted while the next is gathered and learned. Any failure throws away what is in memory and takes
 * the lineage up again, since nothing counts but what the head names.
 */
final class TrainerLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(TrainerLoop.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Where versions are kept, and how they are made together with other trainers. */
    record Versions(
            LineageStore lineage, Beginning beginning, Promotion promotion, ServedVersion served, Rounds rounds) {}

    /** Where pairs come from and, if they are mined from, documents; how many make a window; what is done while none come. */
    record Stream(
            PairsLog log,
            Optional<DocumentsLog> documents,
            Supplier<TopicIdentity> topic,
            IntFunction<WindowBuilder> windows,
            Consolidation consolidation) {}

    private final Versions versions;
    private final Stream stream;
    private final Function<Path, Learner> learners;
    private final FailedWindows failed;
    private final TrainerStatus status;
    private final StopSignal stop = new StopSignal();
    private final Retries retries = new Retries(BACK_OFF);
    private final WindowSource source;
    private final WindowLearner lessons;
    private final RoundLearner together;
    private final VersionPublisher publisher;

    TrainerLoop(
            Versions versions,
            Stream stream,
            Function<Path, Learner> learners,
            FailedWindows failed,
            TrainerStatus status) {
        this.versions = versions;
        this.stream = stream;
        this.learners = learners;
        this.failed = failed;
        this.status = status;
        source = new WindowSource(
                stream.log(), versions.lineage(), new TopicCheck(stream.topic()), status.pulse(), stop);
        lessons = new WindowLearner(stream.log(), stream.documents(), failed, status, stop);
        together = new RoundLearner(versions.rounds(), roundWait(), lessons, stream.log(), status);
        publisher = new VersionPublisher(versions.lineage(), versions.promotion(), stream.log(), status);
    }

    private RoundWait roundWait() {
        RoundRules rules = versions.rounds().rules();
        return new RoundWait(versions.lineage(), stream.log().extent(), rules.quorum(), rules.clock(), () -> {
            lessons.between();
            stop.await(LOOK);
            return !stop.given();
        });
    }

    @Override
    public void run() {
        try {
            while (!stop.given()) {
                attempt();
            }
        } finally {
            stream.log().close();
            stream.documents().ifPresent(DocumentsLog::close);
        }
    }

    private void attempt() {
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
            boolean atOnce = e instanceof WindowFailedException failure && !failure.waiting();
            Duration wait = atOnce ? Duration.ZERO : retries.next();
            status.failed(e);
            LOG.errorf(e, "taking the lineage up again in %s: %s", wait, e.getMessage());
            stop.await(wait);
        }
    }

    void stop() {
        stop.stop();
        stream.log().wake();
    }

    /** As {@link #stop}, but a window in training is given up before its next step. */
    void abandon() {
        stop.abandon();
        stream.log().wake();
    }

    private void followHead() {
        Position head = takeUpHead();
        Optional<Learner> loaded = load(head);
        if (loaded.isEmpty()) {
            return;
        }
        try (Learner learner = loaded.get();
                Publishing publishing = new Publishing(head)) {
            LOG.infof("training on from %s", head.manifest().version());
            together.sweep(head);
            stream.documents().ifPresent(documents -> documents.startFrom(learner.documentsRead()));
            status.at(head.manifest().version());
            status.ledger().at(head.manifest().version(), learner.ledger());
            if (together.isOwed()) {
                together.mergeOthers(learner, head).ifPresent(merged -> publisher.begin(learner, merged, publishing));
                return;
            }
            boolean trusted = false;
            while (!stop.given() && source.isHead(publishing)) {
                if (!(gather(publishing) instanceof Gathered found)) {
                    source.startFrom(publishing.settled());
                } else if (source.isHead(publishing)) {
                    compareWithServed(learner, trusted && publishing.underWay());
                    Optional<Learned> learned = learned(learner, found, publishing);
                    if (learned.isEmpty()) {
                        return;
                    }
                    trusted = learned.get().outcome().decision().trusted();
                    publisher.begin(learner, learned.get(), publishing);
                    retries.reset();
                }
            }
        }
    }

    private Position takeUpHead() {
        Position head = versions.lineage().position().orElseGet(versions.beginning()::begin);
        publisher.follow(head.manifest());
        source.startFrom(head);
        return head;
    }

    /** Empty when nothing can load the head and the lineage was begun anew. */
    private Optional<Learner> load(Position head) {
        Path folder = versions.lineage().download(head);
        try {
            return Optional.of(learners.apply(folder));
        } catch (UnsupportedModelException e) {
            if (!versions.beginning().mayReplace(head)) {
                throw e;
            }
            LOG.warnf("%s cannot be loaded: %s", head.manifest().version(), e.getMessage());
            Position base = versions.beginning().replace(head);
            versions.promotion().replace(head.manifest().version(), base.manifest());
            return Optional.empty();
        }
    }

    /**
     * Empty when nothing was gained by learning again, or another trainer makes a version of what was learned; the
     * learner is to be thrown away then.
     */
    private Optional<Learned> learned(Learner learner, Gathered found, Publishing publishing) {
        Consolidation consolidation = stream.consolidation();
        if (!found.window().isEmpty()) {
            Optional<Learned> learned = together.isAlone(found.topic(), publishing.settled())
                    ? Optional.of(lessons.learn(learner, found))
                    : together.learn(learner, found, publishing.settled());
            consolidation.learnedWindow();
            return learned;
        }
        consolidation.begin();
        Optional<Learned> gained = lessons.consolidate(learner, found);
        if (gained.isPresent()) {
            consolidation.gained();
        }
        return gained;
    }

    private Found gather(Publishing publishing) {
        WindowBuilder window = stream.windows().apply(failed.windowPairs());
        Optional<Duration> quiet = stream.consolidation()
                .quiet()
                .filter(any -> stream.log().extent().ownsFirst());
        return source.gather(window, publishing, quiet, () -> {
            if (!publishing.underWay()) {
                publisher.catchUp(publishing.settled().manifest());
            }
        });
    }

    private void compareWithServed(Learner learner, boolean promotionUnderWay) {
        versions.served()
                .look(promotionUnderWay)
                .ifPresent(served -> learner.compareWith(served.version(), served.refused(), served.golden()));
    }
}

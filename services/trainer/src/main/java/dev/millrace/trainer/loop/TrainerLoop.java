package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.service.backoff.BackOff;
import dev.millrace.service.backoff.Retries;
import dev.millrace.trainer.failure.FailedWindows;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import dev.millrace.trainer.lineage.Beginning;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.lineage.ServedVersion;
import dev.millrace.trainer.loop.VersionPublisher.Learned;
import dev.millrace.trainer.loop.WindowLearner.WindowFailedException;
import dev.millrace.trainer.loop.WindowSource.Found;
import dev.millrace.trainer.loop.WindowSource.Gathered;
import dev.millrace.trainer.round.RoundRules;
import dev.millrace.trainer.round.RoundWait;
import dev.millrace.trainer.round.Rounds;
import dev.millrace.trainer.status.TrainerStatus;
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
public final class TrainerLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(TrainerLoop.class);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Where versions are kept, and how they are made together with other trainers. */
    public record Versions(
            LineageStore lineage, Beginning beginning, Promotion promotion, ServedVersion served, Rounds rounds) {}

    /** Where pairs come from and, if they are mined from, documents; how many make a window; what is done while none come. */
    public record Stream(
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
    private final Heads heads;
    private final VersionPublisher publisher;
    private boolean trusted;

    public TrainerLoop(
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
        publisher = new VersionPublisher(versions.lineage(), versions.promotion(), stream.log(), status);
        heads = new Heads(versions, publisher, learners);
        together = new RoundLearner(round(), lessons, stream.log(), status);
    }

    private RoundLearner.Round round() {
        LineageStore lineage = versions.lineage();
        Rounds shares = versions.rounds();
        RoundRules rules = shares.rules();
        return new RoundLearner.Round(
                shares,
                new RoundWait(lineage, stream.log().extent(), rules.quorum(), rules.clock()),
                new RoundMerger(shares, lineage, publisher, learners, stop));
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
            together.forget();
            LOG.warn(e.getMessage());
        } catch (WakeupException e) {
            LOG.debug("woken to stop", e);
        } catch (RuntimeException e) {
            together.forget();
            boolean atOnce = e instanceof WindowFailedException failure && !failure.waiting();
            Duration wait = atOnce ? Duration.ZERO : retries.next();
            status.failed(e);
            LOG.errorf(e, "taking the lineage up again in %s: %s", wait, e.getMessage());
            stop.await(wait);
        }
    }

    public void stop() {
        stop.stop();
        stream.log().wake();
    }

    /** As {@link #stop}, but a window in training is given up before its next step. */
    public void abandon() {
        stop.abandon();
        stream.log().wake();
    }

    private void followHead() {
        Position head = heads.takeUp();
        source.startFrom(head);
        Optional<Learner> loaded = heads.load(head);
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
                publishing.settled();
            } else {
                together.takeUp(learner, publishing);
                goOn(learner, publishing);
            }
        }
    }

    /** Window after window, until the head is to be taken up anew. */
    private void goOn(Learner learner, Publishing publishing) {
        trusted = false;
        boolean current = true;
        while (!stop.given() && current && isCurrent(publishing)) {
            if (gather(publishing) instanceof Gathered found) {
                current = isCurrent(publishing) && learned(learner, found, publishing);
            } else if (together.isUnderway()) {
                awaitRound(publishing);
                current = false;
            } else {
                source.startFrom(publishing.settled());
            }
        }
    }

    private void awaitRound(Publishing publishing) {
        together.await(publishing, stop);
        retries.reset();
    }

    private boolean isCurrent(Publishing publishing) {
        return together.isUnderway() || source.isHead(publishing);
    }

    /** Whether the learner goes on; else it is to be thrown away. */
    private boolean learned(Learner learner, Gathered found, Publishing publishing) {
        compareWithServed(learner, trusted && publishing.underWay());
        if (!found.window().isEmpty()) {
            stream.consolidation().learnedWindow();
        }
        if (!found.window().isEmpty() && !together.isAlone(found.topic(), publishing)) {
            boolean further = together.learn(learner, found, publishing);
            if (!further) {
                awaitRound(publishing);
            }
            return further;
        }
        Optional<Learned> learned = alone(learner, found);
        learned.ifPresent(made -> {
            trusted = made.outcome().decision().trusted();
            publisher.begin(learner, made, publishing);
            retries.reset();
        });
        return learned.isPresent();
    }

    /** Empty when nothing was gained by learning again. */
    private Optional<Learned> alone(Learner learner, Gathered found) {
        if (!found.window().isEmpty()) {
            return Optional.of(lessons.learn(learner, found));
        }
        stream.consolidation().begin();
        Optional<Learned> gained = lessons.consolidate(learner, found);
        gained.ifPresent(made -> stream.consolidation().gained());
        return gained;
    }

    private Found gather(Publishing publishing) {
        WindowBuilder window = stream.windows().apply(failed.windowPairs());
        Optional<Duration> quiet = stream.consolidation()
                .quiet()
                .filter(any -> !together.isUnderway() && stream.log().extent().ownsFirst());
        return source.gather(window, publishing, quiet, new WindowSource.Watch() {
            @Override
            public boolean isOver() {
                return together.isOver();
            }

            @Override
            public boolean isCurrent() {
                if (together.isUnderway()) {
                    return true;
                }
                if (!publishing.underWay()) {
                    publisher.catchUp(publishing.settled().manifest());
                }
                return source.mayBeHead(publishing);
            }
        });
    }

    private void compareWithServed(Learner learner, boolean promotionUnderWay) {
        versions.served()
                .look(promotionUnderWay)
                .ifPresent(served -> learner.compareWith(served.version(), served.refused(), served.golden()));
    }
}

package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.ledger.Ledger;
import dev.millrace.trainer.lineage.Advance;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.LineageStore.Unpublished;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.status.TrainerStatus;
import dev.millrace.trainer.stream.PairsLog;
import java.time.Duration;

/**
 * Makes a version of what was learned and lets the channels follow it, beside the window that is learned next. Once the
 * head has moved the version is in the lineage whatever fails then: that is told and tried again, and the learner goes
 * on.
 */
final class VersionPublisher {
    private static final String PROMOTION = "promotion";
    private static final String SUMMARY = "summary";
    private static final String RETENTION = "retention";
    private static final String ROUND = "round";

    private final LineageStore lineage;
    private final Promotion promotion;
    private final PairsLog log;
    private final TrainerStatus status;

    VersionPublisher(LineageStore lineage, Promotion promotion, PairsLog log, TrainerStatus status) {
        this.lineage = lineage;
        this.promotion = promotion;
        this.log = log;
        this.status = status;
    }

    /**
     * How far learning came, and what it came to.
     *
     * @param cleanup what is of no more use once it is a version
     */
    record Learned(Advance advance, Learner.Outcome outcome, Duration took, Runnable cleanup) {
        Learned(Advance advance, Learner.Outcome outcome, Duration took) {
            this(advance, outcome, took, () -> {});
        }
    }

    /** Begins to publish; the learner may go on. Waits for the version before, its parent. */
    void begin(Learner learner, Learned learned, Publishing publishing) {
        Position parent = publishing.settled();
        log.awaitDeadLetters();
        Unpublished snapshot = lineage.snapshot(learner);
        Ledger ledger = learner.ledger();
        publishing.begin(() -> publish(parent, snapshot, learned, ledger));
    }

    /** Publishes at once, on the thread that calls; the dead letters of what was learned are known to be kept. */
    Position publish(Position parent, Learner learner, Learned learned) {
        return publish(parent, lineage.snapshot(learner), learned, learner.ledger());
    }

    private Position publish(Position parent, Unpublished snapshot, Learned learned, Ledger ledger) {
        long started = System.nanoTime();
        Position child = lineage.publish(parent, snapshot, learned.advance(), learned.outcome());
        follow(child.manifest());
        afterwards(SUMMARY, () -> lineage.summarize(child.manifest().version()));
        afterwards(RETENTION, lineage::retain);
        afterwards(ROUND, learned.cleanup());
        status.ledger().at(child.manifest().version(), ledger);
        status.published(child.manifest(), learned.took(), Duration.ofNanos(System.nanoTime() - started));
        return child;
    }

    /** Lets the channels follow the head. */
    void follow(Manifest head) {
        status.head().at(head);
        afterwards(PROMOTION, () -> promotion.follow(head));
    }

    /** Tries again what was not done for the head; when nothing is under way. */
    void catchUp(Manifest head) {
        if (status.behind().containsKey(PROMOTION)) {
            follow(head);
        }
    }

    private void afterwards(String task, Runnable work) {
        try {
            work.run();
            status.caughtUp(task);
        } catch (RuntimeException e) {
            status.behind(task, e);
        }
    }
}

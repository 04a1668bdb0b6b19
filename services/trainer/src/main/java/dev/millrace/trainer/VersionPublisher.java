package dev.millrace.trainer;

import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.LineageStore.Unpublished;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.Window;
import java.time.Duration;

/** Makes a version of what was learned and lets the channels follow it, beside the window that is learned next. */
final class VersionPublisher {
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

    /** What a window came to. */
    record Learned(Window window, Learner.Outcome outcome, Duration took) {}

    /** Begins to publish; the learner may go on. Waits for the version before, its parent. */
    void begin(Learner learner, Learned learned, Publishing publishing) {
        Position parent = publishing.settled();
        log.awaitDeadLetters();
        Unpublished snapshot = lineage.snapshot(learner);
        publishing.begin(() -> publish(parent, snapshot, learned));
    }

    private Position publish(Position parent, Unpublished snapshot, Learned learned) {
        long started = System.nanoTime();
        Position child = lineage.publish(parent, snapshot, learned.window(), learned.outcome());
        promotion.follow(child.manifest());
        lineage.retain();
        status.published(child.manifest(), learned.took(), Duration.ofNanos(System.nanoTime() - started));
        return child;
    }
}

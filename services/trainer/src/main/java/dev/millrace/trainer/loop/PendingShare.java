package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.loop.RoundMerger.Turn;
import dev.millrace.trainer.round.RoundWait;
import dev.millrace.trainer.round.RoundWait.Mine;
import dev.millrace.trainer.round.RoundWait.Seen;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a trainer has brought to a round, until it is in the lineage or will never be. If it is its turn, it merges. */
final class PendingShare {
    private static final Logger LOG = Logger.getLogger(PendingShare.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Turn turn;
    private final RoundWait.Watch watch;
    private final RoundMerger merger;
    private final TrainedWeights reached;
    private long looked = System.nanoTime();
    private boolean merging;
    private boolean over;
    private Optional<TopicIdentity> owed = Optional.empty();

    /** {@code reached} is where the weights are from which the learner goes on. */
    PendingShare(Turn turn, RoundWait.Watch watch, RoundMerger merger, TrainedWeights reached) {
        this.turn = turn;
        this.watch = watch;
        this.merger = merger;
        this.reached = reached;
    }

    /** Looks what became of it, now and then, however often it is called; by the learner's thread, between two steps. */
    void look() {
        long now = System.nanoTime();
        if (over || now - looked < BETWEEN_LOOKS.toNanos()) {
            return;
        }
        looked = now;
        if (merging) {
            over = !turn.begun().publishing().underWay();
        } else {
            watch.look().ifPresent(this::act);
        }
    }

    private void act(Seen seen) {
        if (seen instanceof Mine mine && mine.at().equals(turn.begun().position())) {
            merging = true;
            merger.begin(turn, mine.choice());
            return;
        }
        LOG.infof("the share after %s %s", turn.begun().position().manifest().version(), seen.words());
        over = true;
        owed = Optional.of(turn.topic()).filter(topic -> seen instanceof Mine);
    }

    /** Whether there is nothing to wait for any more, so that the head is to be taken up. */
    boolean isOver() {
        return over;
    }

    /** Throws what kept it from being seen for long: bucket or broker are away. */
    void requireSight() {
        watch.requireSight();
    }

    /** The topic, if it is for this trainer to merge shares after a version that it has not taken up yet. */
    Optional<TopicIdentity> owed() {
        return owed;
    }

    Share share() {
        return turn.brought().share();
    }

    Learner.Taught lesson() {
        return turn.own().taught();
    }

    TrainedWeights reached() {
        return reached;
    }

    /** Where the lineage stood when it was brought. */
    Position position() {
        return turn.begun().position();
    }
}

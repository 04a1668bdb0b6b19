package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.MergedRound;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.lineage.Advance;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.LineageStore.Unpublished;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.loop.VersionPublisher.Learned;
import dev.millrace.trainer.round.Brought;
import dev.millrace.trainer.round.Rounds;
import dev.millrace.trainer.round.Rounds.Choice;
import dev.millrace.trainer.round.Rounds.Own;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Makes a version of what several trainers came to, beside a learner that goes on meanwhile: on the thread that publishes,
 * with a learner of its own, which belongs to that thread.
 */
final class RoundMerger {
    private static final Logger LOG = Logger.getLogger(RoundMerger.class);

    private final Rounds rounds;
    private final LineageStore lineage;
    private final VersionPublisher publisher;
    private final Function<Path, Learner> learners;
    private final StopSignal stop;
    private final AtomicReference<Optional<String>> diverged = new AtomicReference<>(Optional.empty());

    RoundMerger(
            Rounds rounds,
            LineageStore lineage,
            VersionPublisher publisher,
            Function<Path, Learner> learners,
            StopSignal stop) {
        this.rounds = rounds;
        this.lineage = lineage;
        this.publisher = publisher;
        this.learners = learners;
        this.stop = stop;
    }

    /**
     * Where a trainer begins.
     *
     * @param learner that learns, and goes on
     * @param base its weights
     * @param position where the lineage stands
     * @param publishing by which versions follow it
     */
    record Begun(Learner learner, Base base, Position position, Publishing publishing) {
        static Begun of(Learner learner, Publishing publishing) {
            Position position = publishing.settled();
            return new Begun(learner, learner.base(position.manifest().version()), position, publishing);
        }
    }

    /**
     * Where a trainer stands in a round.
     *
     * @param own what it came to
     * @param brought the same, in the bucket
     */
    record Turn(Begun begun, Own own, Brought brought) {
        TopicIdentity topic() {
            return brought.content().topic();
        }
    }

    /** Begins to make a version of the shares; {@link Publishing} tells when it is there. */
    void begin(Turn turn, Choice choice) {
        Begun begun = turn.begun();
        Unpublished fork = lineage.fork(begun.learner());
        begun.publishing().begin(() -> {
            try (Learner learner = learners.apply(fork.written())) {
                Optional<Own> own = Optional.of(turn.own()).filter(any -> choice.takes(turn.brought()));
                Learned learned = learned(learner, begun.base(), choice, own, turn.topic());
                return publisher.publish(begun.position(), learner, learned);
            }
        });
    }

    /**
     * What shares come to that a learner has no part in which has just been taken up.
     *
     * @return empty when nothing fits any more
     */
    Optional<Learned> others(Learner learner, Position position, TopicIdentity topic) {
        Choice choice = rounds.choose(position, topic);
        if (choice.selection().merged().isEmpty()) {
            return Optional.empty();
        }
        Base base = learner.base(position.manifest().version());
        return Optional.of(learned(learner, base, choice, Optional.empty(), topic));
    }

    private Learned learned(Learner learner, Base base, Choice choice, Optional<Own> own, TopicIdentity topic) {
        long started = System.nanoTime();
        int trainers = choice.selection().merged().size();
        LOG.infof("merging what %d trainers learned since %s", trainers, base.version());
        Learner.Outcome outcome = judged(learner, rounds.merge(base, choice, own));
        outcome.figures().put("trainers", (double) trainers);
        Advance advance = new Advance(
                topic, choice.selection().offsets(), choice.selection().records());
        return new Learned(
                advance, outcome, Duration.ofNanos(System.nanoTime() - started), () -> rounds.drop(choice.done()));
    }

    private Learner.Outcome judged(Learner learner, MergedRound round) {
        try {
            return learner.judge(round, stop::throwIfAbandoning);
        } catch (DivergedException e) {
            diverged.set(Optional.of(round.base().version()));
            throw new DivergedException(
                    "what several trainers came to together is no model, so this one goes on alone after "
                            + round.base().version() + ": " + e.getMessage());
        }
    }

    /** Whether what this trainer merged after a version was no model. */
    boolean divergedAfter(Position position) {
        return diverged.get().equals(Optional.of(position.manifest().version()));
    }
}

package dev.millrace.trainer;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.embedding.train.Snapshot;
import dev.millrace.trainer.VersionPublisher.Learned;
import dev.millrace.trainer.WindowLearner.Taught;
import dev.millrace.trainer.WindowSource.Gathered;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.MergedRound;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.round.Contribution;
import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.Work;
import dev.millrace.trainer.learning.round.delta.Carried;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.lineage.Advance;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.round.Brought;
import dev.millrace.trainer.round.RoundWait;
import dev.millrace.trainer.round.RoundWait.Mine;
import dev.millrace.trainer.round.RoundWait.Settled;
import dev.millrace.trainer.round.Rounds;
import dev.millrace.trainer.round.Rounds.Choice;
import dev.millrace.trainer.round.Rounds.Own;
import dev.millrace.trainer.stream.PairsLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jboss.logging.Logger;

/**
 * Learns windows together with other trainers: each learns its own and brings what it came to, and whoever first sees
 * enough of them makes a version of all. A trainer whose share another has merged takes up the head like one that has
 * just begun.
 */
final class RoundLearner {
    private static final Logger LOG = Logger.getLogger(RoundLearner.class);

    private final Rounds rounds;
    private final RoundWait waiting;
    private final WindowLearner lessons;
    private final PairsLog log;
    private final TrainerStatus status;
    private Optional<TopicIdentity> owed = Optional.empty();
    private Optional<String> apart = Optional.empty();

    RoundLearner(Rounds rounds, RoundWait waiting, WindowLearner lessons, PairsLog log, TrainerStatus status) {
        this.rounds = rounds;
        this.waiting = waiting;
        this.lessons = lessons;
        this.log = log;
        this.status = status;
    }

    /**
     * Whether this trainer makes a version of a window alone that follows the position: where it has all the topic to itself, and where
     * what it made there together with others was no model. A window alone says whose fault it is, and the others' shares are merged later.
     */
    boolean isAlone(TopicIdentity topic, Position position) {
        return log.extent().owned() >= topic.partitions()
                || apart.equals(Optional.of(position.manifest().version()));
    }

    /**
     * Learns a window, and makes a version of it and of what others came to, unless one of them does.
     *
     * @return empty when another did, or the trainer is to stop: the learner is then to be closed
     */
    Optional<Learned> learn(Learner learner, Gathered found, Position position) {
        Base base = learner.base(position.manifest().version());
        SortedMap<String, Long> from = log.extent().from(position.manifest().offsets());
        Taught taught = lessons.teach(learner, found);
        log.awaitDeadLetters();
        Contribution contribution;
        Carried next;
        try (Snapshot reached = learner.snapshot()) {
            Carried.Told told = rounds.carried().tell(base.weights(), reached.weights());
            long steps = reached.weights().steps() - base.weights().steps();
            contribution = new Contribution(share(base, from, taught, steps), told.delta());
            next = told.next();
        }
        Brought brought =
                rounds.bring(contribution, next, found.topic(), taught.window().pairs());
        status.brought(contribution.delta().bytes());
        return merged(learner, new Turn(base, position, new Own(contribution, taught.lesson()), brought), taught);
    }

    private record Turn(Base base, Position position, Own own, Brought brought) {}

    private Share share(Base base, SortedMap<String, Long> from, Taught taught, long steps) {
        List<OffsetRange> ranges = taught.window().next().entrySet().stream()
                .map(read -> new OffsetRange(read.getKey(), from.get(read.getKey()), read.getValue()))
                .toList();
        long fresh = taught.lesson().admission().fresh().size();
        Work work = new Work(
                fresh, steps, Advance.records(taught.window(), taught.lesson().admission()));
        return new Share(rounds.trainer(), base.version(), ranges, work);
    }

    private Optional<Learned> merged(Learner learner, Turn turn, Taught taught) {
        long began = System.nanoTime();
        RoundWait.Seen seen = waiting.until(rounds, turn.position(), turn.brought(), taught.topic());
        status.waitedForOthers(Duration.ofNanos(System.nanoTime() - began));
        if (seen instanceof Settled settled && settled.merged()) {
            rounds.merged(turn.brought().share());
        }
        if (!(seen instanceof Mine mine)) {
            LOG.infof(
                    "what became of the share after %s: %s",
                    turn.position().manifest().version(), seen);
            return Optional.empty();
        }
        if (!mine.at().equals(turn.position()) || !mine.choice().takes(turn.brought())) {
            owed = Optional.of(taught.topic());
            return Optional.empty();
        }
        rounds.merged(turn.brought().share());
        return Optional.of(learned(learner, turn.base(), mine.choice(), Optional.of(turn.own()), taught.topic()));
    }

    /** Takes away what earlier rounds have left. */
    void sweep(Position head) {
        rounds.sweep(head);
    }

    /** Whether shares wait for a learner that has learned nothing of its own since the head. */
    boolean isOwed() {
        return owed.isPresent();
    }

    /**
     * Makes a version of what others came to, with a learner that has just been taken up.
     *
     * @return empty when nothing fits any more
     */
    Optional<Learned> mergeOthers(Learner learner, Position position) {
        TopicIdentity topic = owed.orElseThrow();
        owed = Optional.empty();
        Choice choice = rounds.choose(position, topic);
        if (choice.selection().merged().isEmpty()) {
            return Optional.empty();
        }
        Base base = learner.base(position.manifest().version());
        return Optional.of(learned(learner, base, choice, Optional.empty(), topic));
    }

    private Learned learned(Learner learner, Base base, Choice choice, Optional<Own> own, TopicIdentity topic) {
        long started = System.nanoTime();
        LOG.infof(
                "merging what %d trainers learned since %s",
                choice.selection().merged().size(), base.version());
        Learner.Outcome outcome = judged(learner, rounds.merge(base, choice, own));
        outcome.figures().put("trainers", (double) choice.selection().merged().size());
        Advance advance = new Advance(
                topic, choice.selection().offsets(), choice.selection().records());
        return new Learned(
                advance, outcome, Duration.ofNanos(System.nanoTime() - started), () -> rounds.drop(choice.done()));
    }

    private Learner.Outcome judged(Learner learner, MergedRound round) {
        try {
            return learner.judge(round, lessons::between);
        } catch (DivergedException e) {
            apart = Optional.of(round.base().version());
            throw new DivergedException("what several trainers came to together is no model, so this one goes on alone after "
                    + round.base().version() + ": " + e.getMessage());
        }
    }
}

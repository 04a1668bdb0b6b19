package dev.millrace.trainer.round;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.Quorum;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.Timing;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.round.Rounds.Choice;
import dev.millrace.trainer.stream.TopicExtent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Waits for the other trainers of a round. All who wait see the same shares; those who have learned are asked to merge
 * one after the other, a quarter of the deadline apart, so that it is done once, and also if the first of them has died.
 */
public final class RoundWait {
    private static final Logger LOG = Logger.getLogger(RoundWait.class);
    private static final int MOST_IN_VAIN = 20;

    private final LineageStore lineage;
    private final TopicExtent extent;
    private final Quorum quorum;
    private final InstantSource clock;

    /**
     * Waits by this rule.
     *
     * @param clock one that does not jump
     */
    public RoundWait(LineageStore lineage, TopicExtent extent, Quorum quorum, InstantSource clock) {
        this.lineage = lineage;
        this.extent = extent;
        this.quorum = quorum;
        this.clock = clock;
    }

    /** How a wait ends. */
    public sealed interface Seen {
        /** The same for the log. */
        String words();
    }

    /**
     * The share is of no more use.
     *
     * @param merged whether its records are in the lineage, exactly
     */
    public record Settled(boolean merged) implements Seen {
        @Override
        public String words() {
            return merged
                    ? "is in the lineage"
                    : "is of no use: its records are read again where they are in no version";
        }
    }

    /** It is for this trainer to merge these, after the version that is the head now. */
    public record Mine(Choice choice, Position at) implements Seen {
        @Override
        public String words() {
            return "is to be merged here after " + at.manifest().version();
        }
    }

    /** Begins to watch what becomes of a trainer's own share, which it brought at this position. */
    public Watch watch(Rounds rounds, Position position, Brought own, TopicIdentity topic) {
        return new Watch(rounds, position, own, topic);
    }

    /** Whether the lineage has learned some of its records. */
    private static boolean begun(Share share, Position at) {
        return share.ranges().stream().anyMatch(range -> range.from() < next(range, at, range.from()));
    }

    /** Whether the lineage has learned its records, and ends where they do. */
    public static boolean isIn(Share share, Position at) {
        return share.ranges().stream().allMatch(range -> range.to() == next(range, at, -1));
    }

    private static long next(OffsetRange range, Position at, long unknown) {
        return at.manifest().offsets().getOrDefault(range.partition(), unknown);
    }

    /**
     * Partitions in which so much is unread that it is worth waiting for, and those that have come. A trainer's share speaks
     * for all that are its own: a window is often filled from one or two of them.
     */
    private Set<String> expected(Choice choice, Position at) {
        long shortest = choice.selection().merged().stream()
                .flatMap(share -> share.ranges().stream())
                .mapToLong(range -> range.to() - range.from())
                .min()
                .orElse(1);
        Set<String> expected = new HashSet<>(choice.partitions());
        extent.unread(at.manifest().offsets()).forEach((partition, unread) -> {
            if (unread * 2 >= shortest) {
                expected.add(partition);
            }
        });
        return expected;
    }

    /** A look at one share, as often as one likes. */
    public final class Watch {
        private final Rounds rounds;
        private final Brought own;
        private final TopicIdentity topic;
        private final Map<String, Instant> come = new TreeMap<>();
        private Position at;
        private Optional<Instant> due = Optional.empty();
        private int inVain;
        private Optional<RuntimeException> trouble = Optional.empty();

        private Watch(Rounds rounds, Position begun, Brought own, TopicIdentity topic) {
            this.rounds = rounds;
            this.own = own;
            this.topic = topic;
            at = begun;
        }

        /** What became of it, if that is known. A bucket or a broker that is away for a moment is waited for. */
        public Optional<Seen> look() {
            try {
                Optional<Seen> seen = seen();
                inVain = 0;
                return seen;
            } catch (BucketUnavailableException | KafkaException e) {
                LOG.debug("the round was not looked at", e);
                inVain++;
                trouble = Optional.of(e);
                return Optional.empty();
            }
        }

        /** Throws why it was looked at in vain, once that was so often that there is no point in waiting. */
        public void requireSight() {
            if (inVain > MOST_IN_VAIN) {
                throw trouble.orElseThrow();
            }
        }

        private Optional<Seen> seen() {
            if (!lineage.isHead(at)) {
                at = lineage.position().orElseThrow();
                come.clear();
                due = Optional.empty();
            }
            Choice choice = rounds.choose(at, topic);
            if (begun(own.share(), at) || !choice.has(own)) {
                return Optional.of(
                        new Settled(isIn(own.share(), lineage.position().orElseThrow())));
            }
            return areMine(choice) ? Optional.of(new Mine(choice, at)) : Optional.empty();
        }

        private boolean areMine(Choice choice) {
            Instant now = clock.instant();
            choice.partitions().forEach(partition -> come.putIfAbsent(partition, now));
            if (!(quorum.at(now, expected(choice, at), come) instanceof Timing.Merge)) {
                return false;
            }
            due = due.or(() -> Optional.of(now));
            Instant turn = due.orElseThrow().plus(quorum.betweenTurns().multipliedBy(choice.place(own)));
            return !now.isBefore(turn);
        }
    }
}

package dev.millrace.bench.learning;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.round.Contribution;
import dev.millrace.trainer.learning.round.Merge;
import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.OuterState;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.Work;
import dev.millrace.trainer.learning.round.delta.Carried;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A lineage of several trainers in this process, which share nothing but the weights of a round and what is made of theirs. */
final class TrainersTogether implements AutoCloseable {
    private final Merge merge;
    private final boolean ahead;
    private final List<Member> members = new ArrayList<>();
    private Base base;
    private int rounds;
    private long pairs;
    private long bytes;

    TrainersTogether(Path model, Variant variant, Together way, EncoderOptions options, Path scratch) {
        long seed = Long.parseLong(variant.settings().get("seed"));
        for (int i = 0; i < way.trainers(); i++) {
            Variant own = variant.with("seed", Long.toString(seed + i));
            Path folder = scratch.resolve("trainer-" + i);
            members.add(new Member(i, new LearningRun(model, own, options, folder), Carried.nothing(way.codec())));
        }
        ahead = way.ahead();
        merge = new Merge(way.step(), first().trainer.learning().averageDecay());
        base = new Base("round-0", first().weights(), OuterState.NONE);
    }

    private Member first() {
        return members.get(0);
    }

    /**
     * One round: each learns its share of the window, then all go on from what is made of what they came to; ahead, each from its own
     * weights first, and what that changed is added to what was made of the round before.
     */
    void learn(List<Pair> window) {
        List<Contribution> contributions = new ArrayList<>();
        for (Member member : members) {
            List<Pair> own = IntStream.range(0, window.size())
                    .filter(i -> i % members.size() == member.number)
                    .mapToObj(window::get)
                    .toList();
            if (!own.isEmpty()) {
                contributions.add(ahead ? member.ahead(own, base) : member.contribution(own, base));
            }
        }
        pairs += window.size();
        bytes += contributions.stream()
                .mapToLong(contribution -> contribution.delta().bytes())
                .sum();
        Merge.Merged merged = merge.of(base, contributions);
        base = new Base("round-" + ++rounds, merged.weights(), merged.outer());
        if (!ahead) {
            members.forEach(member -> member.trainer.goOnFrom(merged.weights()));
        }
    }

    int rounds() {
        return rounds;
    }

    /** Of the stream. */
    long pairs() {
        return pairs;
    }

    /** Optimizer steps of all. */
    long steps() {
        return base.weights().steps();
    }

    /** Of all contributions. */
    long bytes() {
        return bytes;
    }

    double seconds() {
        return members.stream()
                .mapToDouble(member -> member.trainer.spent().seconds())
                .sum();
    }

    /** The version as it would be published; gone with the next. */
    Path saved() {
        first().trainer.goOnFrom(base.weights());
        return first().trainer.saved();
    }

    /** A trainer and what it keeps of its own, for its own partition. */
    private static final class Member {
        private final int number;
        private final LearningRun trainer;
        private Carried carried;
        private long next;

        Member(int number, LearningRun trainer, Carried carried) {
            this.number = number;
            this.trainer = trainer;
            this.carried = carried;
        }

        Contribution contribution(List<Pair> pairs, Base base) {
            return contribution(trainer.learn(pairs), pairs.size(), base);
        }

        Contribution ahead(List<Pair> pairs, Base base) {
            TrainedWeights before = weights();
            Learner.Outcome outcome = trainer.learn(pairs);
            trainer.goOnFrom(base.weights().plus(weights().minus(before)));
            return contribution(outcome, pairs.size(), base);
        }

        private Contribution contribution(Learner.Outcome outcome, int pairs, Base base) {
            OffsetRange range = new OffsetRange("pairs-" + number, next, next + pairs);
            next = range.to();
            long fresh = outcome.admission().fresh().size();
            Records records = new Records(
                    fresh, outcome.admission().heldOut(), outcome.admission().duplicates(), 0);
            try (Snapshot reached = trainer.snapshot()) {
                Carried.Told told = carried.tell(base.weights(), reached.weights());
                carried = told.next();
                long steps = reached.weights().steps() - base.weights().steps();
                Work work = new Work(fresh, steps, records);
                return new Contribution(
                        new Share("trainer-" + number, base.version(), List.of(range), work), told.delta());
            }
        }

        /** A copy, which stays as it is. */
        TrainedWeights weights() {
            try (Snapshot now = trainer.snapshot()) {
                return now.weights().copy();
            }
        }
    }

    @Override
    public void close() {
        members.forEach(member -> member.trainer.close());
    }
}

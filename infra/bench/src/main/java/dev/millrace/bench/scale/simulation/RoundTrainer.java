package dev.millrace.bench.scale.simulation;

import dev.millrace.bench.scale.constant.Constant;
import dev.millrace.bench.scale.simulation.Awaited.Seen;
import dev.millrace.trainer.learning.round.Selection;
import dev.millrace.trainer.learning.round.Share;
import java.util.Optional;

/** One of several: brings its share of a round and waits for what becomes of it. */
class RoundTrainer extends SimulatedTrainer {
    private static final double LOOK = .5;
    private static final double BYTES_OF_WEIGHT_AND_AVERAGE = 8;

    RoundTrainer(World world, int number, long seed) {
        super(world, number, seed);
    }

    @Override
    void forget() {}

    /** Who brings shares examines nothing before them. */
    @Override
    double examining() {
        return 0;
    }

    @Override
    boolean isStale() {
        return base() != world.lineage().head();
    }

    @Override
    void learned(long from, long pairs) {
        bring(share(from, pairs), () -> lookAt(awaited(share(from, pairs))));
    }

    final void bring(Share share, Runnable then) {
        later(world.constants().tellSeconds(), Activity.MERGING, () -> {
            enter(Activity.MOVING);
            send(world.shareBytes(share.work().samples()), () -> {
                world.lineage().bring(share);
                then.run();
            });
        });
    }

    final Awaited awaited(Share share) {
        return new Awaited(world.lineage(), world.meeting().quorum(), share, base());
    }

    final Seen seen(Awaited awaited) {
        Seen seen = awaited.look(world.clock().now(), world.stream(), world.partitions());
        boolean others =
                world.meeting().has(Change.ONE_MERGES) && !world.lineage().mayMerge(number);
        return seen == Seen.MINE && others ? Seen.WAIT : seen;
    }

    private void lookAt(Awaited awaited) {
        switch (seen(awaited)) {
            case WAIT -> later(LOOK, Activity.WAITING, () -> lookAt(awaited));
            case SETTLED -> settled(awaited);
            case MINE -> {
                world.lineage().merges(number);
                if (awaited.fits()) {
                    merge(world.lineage().choice(), 1, base(), this::goOn);
                } else {
                    takeUp(this::mergeOthers);
                }
            }
        }
    }

    final void again(Runnable look) {
        beside(LOOK, look);
    }

    private void settled(Awaited awaited) {
        if (world.meeting().has(Change.WEIGHTS_ALONE) && awaited.isMerged()) {
            enter(Activity.MOVING);
            fetchWeights(this::goOn);
        } else {
            takeUp();
        }
    }

    final void fetchWeights(Runnable then) {
        base(world.lineage().head());
        fetch(bytesOfWeights(), then);
    }

    final double bytesOfWeights() {
        return world.constants().megabytes(Constant.WEIGHTS) * BYTES_OF_WEIGHT_AND_AVERAGE;
    }

    private void goOn() {
        gather(world.lineage().next(World.partition(number)));
    }

    /** With a learner that has just been taken up. */
    private void mergeOthers() {
        Selection choice = world.lineage().choice();
        if (choice.merged().isEmpty() || isStale()) {
            world.lineage().mergesNoMore(number);
            takeUp();
        } else {
            merge(choice, 0, base(), this::takeUp);
        }
    }

    /** Fetches others' shares, merges, examines before and after, and publishes; takes the head up where another was first. */
    private void merge(Selection choice, int own, int parent, Runnable then) {
        enter(Activity.MOVING);
        fetch(
                others(choice, own),
                () -> later(merging(choice), Activity.MERGING, () -> {
                    enter(Activity.WAITING);
                    publish(choice, parent, then);
                }));
    }

    final double others(Selection choice, int own) {
        long pairs = choice.merged().stream()
                .mapToLong(share -> share.work().samples())
                .sum();
        int shares = choice.merged().size();
        return world.shareBytes(pairs / shares) * (shares - own);
    }

    final double merging(Selection choice) {
        return world.constants().mergeSeconds(choice.merged().size())
                + 2 * seconds(Constant.EXAMINE_SECONDS)
                + seconds(Constant.SNAPSHOT_SECONDS);
    }

    private void publish(Selection choice, int parent, Runnable then) {
        send(world.constants().megabytes(Constant.VERSION_MB), () -> {
            if (moved(choice, parent).isPresent()) {
                then.run();
            } else {
                takeUp();
            }
        });
    }

    /** The number of the version, or nothing when another moved the head first. */
    final Optional<Integer> moved(Selection choice, int parent) {
        SimulatedLineage lineage = world.lineage();
        if (!lineage.publish(parent, world.clock().now(), choice)) {
            lineage.mergesNoMore(number);
            return Optional.empty();
        }
        base(lineage.head());
        return Optional.of(lineage.head());
    }
}

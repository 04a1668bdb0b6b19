package dev.millrace.bench.scale.simulation;

import dev.millrace.bench.scale.constant.Constant;
import dev.millrace.bench.scale.simulation.Awaited.Seen;
import dev.millrace.trainer.learning.round.Selection;
import java.util.Optional;

/**
 * One that learns its next window while its share is merged, as the service's {@code RoundLearner} does. What merging takes
 * of its processor it learns later. Once its window is learned and the merged version is there, it takes that up, and brings
 * the window.
 */
final class OverlappingTrainer extends RoundTrainer {
    private boolean open;
    private boolean behind;
    private double owed;
    private Optional<Runnable> next = Optional.empty();

    OverlappingTrainer(World world, int number, long seed) {
        super(world, number, seed);
    }

    @Override
    void forget() {
        open = false;
        behind = false;
        owed = 0;
        next = Optional.empty();
    }

    @Override
    boolean isStale() {
        return !open && !behind && super.isStale();
    }

    @Override
    void learned(long from, long pairs) {
        double late = owed;
        owed = 0;
        later(
                late,
                Activity.MERGING,
                () -> afterTheRoundBefore(() -> bring(share(from, pairs), () -> {
                    open = true;
                    watch(awaited(share(from, pairs)));
                    gather(from + pairs);
                })));
    }

    private void afterTheRoundBefore(Runnable then) {
        if (open) {
            enter(Activity.WAITING);
            next = Optional.of(then);
        } else if (behind) {
            behind = false;
            base(world.lineage().head());
            enter(Activity.MOVING);
            taken(then);
        } else {
            then.run();
        }
    }

    /** What is left to do to stand on the head, once a window is learned. */
    private void taken(Runnable then) {
        if (world.meeting().has(Change.HEAD_BESIDE)) {
            then.run();
        } else if (world.meeting().has(Change.WEIGHTS_ALONE)) {
            fetch(bytesOfWeights(), then);
        } else {
            fetch(
                    world.constants().megabytes(Constant.HEAD_MB),
                    () -> later(seconds(Constant.LOAD_SECONDS), Activity.LOADING, then));
        }
    }

    private void watch(Awaited awaited) {
        Seen seen = seen(awaited);
        if (seen == Seen.WAIT) {
            again(() -> watch(awaited));
        } else if (seen == Seen.MINE) {
            world.lineage().merges(number);
            merge(awaited, world.lineage().choice());
        } else if (awaited.isMerged()) {
            merged();
        } else {
            // Another learned its records: what it has learned since is of no use.
            die(0);
        }
    }

    private void merged() {
        if (world.meeting().has(Change.HEAD_BESIDE)) {
            owed += seconds(Constant.LOAD_SECONDS);
            fetch(world.constants().megabytes(Constant.HEAD_MB), this::over);
        } else {
            over();
        }
    }

    private void merge(Awaited awaited, Selection choice) {
        int parent = world.lineage().head();
        double seconds = merging(choice) + seconds(Constant.LOAD_SECONDS);
        owed += seconds;
        fetch(
                others(choice, 1),
                () -> beside(
                        seconds,
                        () -> send(world.constants().megabytes(Constant.VERSION_MB), () -> {
                            if (moved(choice, parent).isPresent() && awaited.isMerged()) {
                                over();
                            } else {
                                watch(awaited);
                            }
                        })));
    }

    private void over() {
        open = false;
        behind = true;
        Optional<Runnable> waiting = next;
        next = Optional.empty();
        waiting.ifPresent(this::afterTheRoundBefore);
    }
}

package dev.millrace.bench.scale;

import dev.millrace.bench.scale.Awaited.Seen;
import dev.millrace.trainer.learning.round.Selection;
import java.util.Optional;

/**
 * One that learns its next window while its share is merged ({@link Change#LEARN_ON}). What merging takes of its
 * processor it learns later. It takes the merged weights over once they are there and its window is learned.
 */
final class OverlappingTrainer extends RoundTrainer {
    private boolean open;
    private double owed;
    private Optional<Runnable> next = Optional.empty();

    OverlappingTrainer(World world, int number, long seed) {
        super(world, number, seed);
    }

    @Override
    void forget() {
        open = false;
        owed = 0;
        next = Optional.empty();
    }

    @Override
    boolean isStale() {
        return false;
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
        } else {
            base(world.lineage().head());
            then.run();
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
            fetchWeights(this::over);
        } else {
            // Another learned its records: what it has learned since is of no use.
            die(0);
        }
    }

    private void merge(Awaited awaited, Selection choice) {
        int parent = world.lineage().head();
        double seconds = merging(choice);
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
        Optional<Runnable> waiting = next;
        next = Optional.empty();
        waiting.ifPresent(this::afterTheRoundBefore);
    }
}

package dev.millrace.bench.scale.simulation;

import dev.millrace.bench.scale.constant.Constant;
import java.util.Optional;

/** One that has the topic to itself: a version is published while the next window is learned. */
final class AloneTrainer extends SimulatedTrainer {
    private boolean publishing;
    private Optional<Runnable> next = Optional.empty();

    AloneTrainer(World world, int number, long seed) {
        super(world, number, seed);
    }

    @Override
    void forget() {
        publishing = false;
        next = Optional.empty();
    }

    @Override
    boolean isStale() {
        return false;
    }

    @Override
    void learned(long from, long pairs) {
        double examination =
                seconds(Constant.EXAMINE_SECONDS) / world.scenario().speed(number);
        later(examination, Activity.LEARNING, () -> afterTheOneBefore(() -> publish(from, pairs)));
    }

    private void afterTheOneBefore(Runnable then) {
        if (publishing) {
            enter(Activity.WAITING);
            next = Optional.of(then);
        } else {
            then.run();
        }
    }

    private void publish(long from, long pairs) {
        publishing = true;
        later(seconds(Constant.SNAPSHOT_SECONDS), Activity.MERGING, () -> {
            send(world.constants().megabytes(Constant.VERSION_MB), () -> published(from, pairs));
            gather(from + pairs);
        });
    }

    private void published(long from, long pairs) {
        SimulatedLineage lineage = world.lineage();
        lineage.bring(share(from, pairs));
        lineage.publish(lineage.head(), world.clock().now(), lineage.choice());
        publishing = false;
        Optional<Runnable> waiting = next;
        next = Optional.empty();
        waiting.ifPresent(Runnable::run);
    }
}

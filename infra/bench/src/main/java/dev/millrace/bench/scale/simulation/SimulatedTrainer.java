package dev.millrace.bench.scale.simulation;

import dev.millrace.bench.scale.constant.Constant;
import dev.millrace.trainer.learning.round.Share;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A trainer: takes up the head, gathers a window, learns it. What follows is said by those that extend it. */
abstract class SimulatedTrainer {
    final World world;
    final int number;
    private final SplittableRandom random;
    private final Map<Activity, Double> spent = new EnumMap<>(Activity.class);
    private Activity activity = Activity.AWAY;
    private double since;
    private int life;
    private int base;

    SimulatedTrainer(World world, int number, long seed) {
        this.world = world;
        this.number = number;
        random = new SplittableRandom(seed * 1_000_003 + number);
    }

    /** It dies with all that is in its memory, and is there again so many seconds later. What it brought stays. */
    final void die(double away) {
        life++;
        forget();
        world.lineage().mergesNoMore(number);
        later(away, Activity.AWAY, this::takeUp);
    }

    /** Nothing is under way any more. */
    abstract void forget();

    final boolean isThere() {
        return activity != Activity.AWAY;
    }

    /** Seconds of each activity until now. */
    final Map<Activity, Double> spent() {
        enter(activity);
        return spent;
    }

    final void enter(Activity next) {
        double now = world.clock().now();
        spent.merge(activity, now - since, Double::sum);
        activity = next;
        since = now;
    }

    /** Calls back then, unless it dies before. */
    final void later(double seconds, Activity meanwhile, Runnable then) {
        enter(meanwhile);
        beside(seconds, then);
    }

    /** As {@link #later}, on another thread of the trainer. */
    final void beside(double seconds, Runnable then) {
        world.clock().after(seconds, living(then));
    }

    final void send(double bytes, Runnable then) {
        world.link().move(bytes, world.constants().megabytes(Constant.UP_MB), living(then));
    }

    final void fetch(double bytes, Runnable then) {
        world.link().move(bytes, world.constants().megabytes(Constant.DOWN_MB), living(then));
    }

    private Runnable living(Runnable then) {
        int now = life;
        return () -> {
            if (life == now) {
                then.run();
            }
        };
    }

    /** Begins anew with the head. */
    final void takeUp() {
        takeUp(this::ready);
    }

    final void takeUp(Runnable then) {
        base = world.lineage().head();
        enter(Activity.MOVING);
        fetch(
                world.constants().megabytes(Constant.HEAD_MB),
                () -> later(seconds(Constant.LOAD_SECONDS), Activity.LOADING, then));
    }

    /** The learner stands where the head stood when it was fetched. */
    private void ready() {
        if (base != world.lineage().head()) {
            takeUp();
        } else {
            gather(world.lineage().next(World.partition(number)));
        }
    }

    /** Number of the version that it learns from. */
    final int base() {
        return base;
    }

    final void base(int version) {
        base = version;
    }

    final double seconds(Constant constant) {
        return world.constants().of(constant);
    }

    /** Fills a window from there, and learns it. */
    final void gather(long from) {
        double now = world.clock().now();
        PairStream.Window window =
                world.stream().window(now, from, world.scenario().windows());
        later(window.closed() - now, Activity.GATHERING, () -> {
            if (isStale()) {
                takeUp();
            } else {
                later(learning(window.pairs()), Activity.LEARNING, () -> learned(from, window.pairs()));
            }
        });
    }

    /** How long the examination takes of what there was before the steps. */
    double examining() {
        return seconds(Constant.EXAMINE_SECONDS);
    }

    private double learning(long pairs) {
        double spread = 1 + seconds(Constant.SPREAD) * (2 * random.nextDouble() - 1);
        double steps = pairs * seconds(Constant.PAIR_SECONDS) * spread;
        return (steps + examining()) / world.scenario().speed(number);
    }

    /** Whether what it begins to learn could not become a version. */
    abstract boolean isStale();

    /** A window is learned: from this offset, so many pairs. */
    abstract void learned(long from, long pairs);

    final Share share(long from, long pairs) {
        return World.share(number, base, from, pairs);
    }
}

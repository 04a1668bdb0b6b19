package dev.millrace.bench.scale;

import dev.millrace.bench.scale.constant.Constant;
import dev.millrace.bench.scale.constant.Constants;
import dev.millrace.bench.scale.simulation.Activity;
import dev.millrace.bench.scale.simulation.Outcome;
import dev.millrace.bench.scale.simulation.Scenario;
import dev.millrace.bench.scale.simulation.Scenario.Meeting;
import dev.millrace.bench.scale.simulation.Scenario.Trouble;
import dev.millrace.bench.scale.simulation.Scenario.Windows;
import dev.millrace.bench.scale.simulation.Simulation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Simulations side by side. */
final class ScaleRuns {
    private static final double LEAST_SECONDS = 1800;
    private static final double LEAST_WINDOWS = 40;
    private static final double MEDIAN = .5;
    private static final double LATE = .95;
    private static final long SMALLEST_WINDOW = 64;
    private static final long LARGEST_WINDOW = 1 << 20;

    private final Constants constants;
    private final Meeting meeting;
    private final double windowTime;
    private final long seed;
    private final Map<Long, Double> alone = new HashMap<>();

    ScaleRuns(Constants constants, Meeting meeting, double windowTime, long seed) {
        this.constants = constants;
        this.meeting = meeting;
        this.windowTime = windowTime;
        this.seed = seed;
    }

    private Scenario endless(int trainers, long window) {
        return new Scenario(trainers, new Windows(window, windowTime), Double.POSITIVE_INFINITY, meeting, Trouble.NONE);
    }

    private Outcome run(Scenario scenario) {
        double window = scenario.windows().pairs() * constants.of(Constant.PAIR_SECONDS);
        return new Simulation(constants, scenario, seed).run(Math.max(LEAST_SECONDS, LEAST_WINDOWS * window));
    }

    private double alone(long window) {
        return alone.computeIfAbsent(window, size -> run(endless(1, size)).pairsPerSecond());
    }

    /** Of so many trainers; how long a pair takes is asked while so large a share of their speed is posted. */
    ScaleRow row(int trainers, long window, double load) {
        Scenario endless = endless(trainers, window);
        Outcome full = run(endless);
        Scenario loaded = endless.under(Math.max(Double.MIN_NORMAL, load * full.pairsPerSecond()));
        List<Double> delays = run(loaded).delays(loaded);
        return new ScaleRow(
                window,
                trainers,
                full.pairsPerSecond(),
                full.pairsPerSecond() / alone(window),
                full.share(Activity.WAITING),
                full.share(Activity.MOVING) + full.share(Activity.LOADING),
                full.bytesPerPair(),
                served(delays, MEDIAN),
                served(delays, LATE),
                full.longestRound());
    }

    private double served(List<Double> delays, double quantile) {
        double fetched = constants.of(Constant.SERVED_MB) / constants.of(Constant.DOWN_MB);
        double delay = delays.isEmpty()
                ? Double.POSITIVE_INFINITY
                : delays.get((int) Math.min(delays.size() - 1L, Math.round(quantile * delays.size())));
        return delay + fetched + constants.of(Constant.SERVE_SECONDS);
    }

    TroubleRow troubled(int trainers, long window, Trouble slow, Trouble faults) {
        Scenario endless = endless(trainers, window);
        double whole = run(endless).pairsPerSecond();
        return new TroubleRow(
                window,
                trainers,
                whole,
                run(endless.with(slow)).pairsPerSecond() / whole,
                (trainers - 1 + slow.slowest()) / trainers,
                run(endless.with(faults)).pairsPerSecond() / whole);
    }

    /** The smallest power of two with which each of so many trainers keeps this share of one's speed. */
    OptionalLong smallestWindow(int trainers, double efficiency) {
        return LongStream.iterate(SMALLEST_WINDOW, window -> window <= LARGEST_WINDOW, window -> window * 2)
                .filter(window ->
                        run(endless(trainers, window)).pairsPerSecond() >= efficiency * trainers * alone(window))
                .findFirst();
    }
}

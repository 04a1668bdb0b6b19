package dev.millrace.encoder.serving;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How a version has done of late: what became of its requests, and how long its passes took. Only what the version itself
 * answers for counts: not the wait in the queue, not what was refused before it reached the model, and not a deadline that
 * passed meanwhile. Passes are kept by size, since a small one takes longer a token. The oldest give way, so that it never grows.
 */
public final class TrackRecord {
    /** Requests remembered. */
    public static final int REQUESTS = 1024;

    private static final int PASSES_OF_A_SIZE = 128;
    private static final int SIZES = 24;

    private final LongSupplier nanoTime;
    private final Outcome[] outcomes = new Outcome[REQUESTS];
    private final double[][] pace = new double[SIZES][];
    private final long[] passes = new long[SIZES];
    private long requests;
    private long begun;
    private volatile OptionalLong underWay = OptionalLong.empty();
    private volatile long underWaySince;

    /** Tells time by {@code nanoTime}, as System::nanoTime does. */
    public TrackRecord(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * A pass begins; to be {@link #ended}, whatever becomes of it. For the model's thread.
     *
     * @return when
     */
    long begun() {
        underWaySince = now();
        underWay = OptionalLong.of(begun++);
        return underWaySince;
    }

    void ended() {
        underWay = OptionalLong.empty();
    }

    /** How long the pass that has not ended yet has taken; zero between passes. */
    public Duration passTime() {
        return underWay.isPresent() ? Duration.ofNanos(now() - underWaySince) : Duration.ZERO;
    }

    /** Which pass has not ended yet: as long as it is the same one, the same number. */
    public OptionalLong underWay() {
        return underWay;
    }

    /**
     * A pass has gone well.
     *
     * @return nanoseconds it took
     */
    synchronized long passed(int tokens, long begunAt) {
        final long nanos = now() - begunAt;
        final int size = Math.min(SIZES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, tokens)));
        if (passes[size] == 0) {
            pace[size] = new double[PASSES_OF_A_SIZE];
        }
        pace[size][(int) (passes[size]++ % PASSES_OF_A_SIZE)] = (double) nanos / Math.max(1, tokens);
        return nanos;
    }

    void answered() {
        outcome(Outcome.ANSWERED);
    }

    /** A request that the model failed; {@code alone} unless the same fault was counted for another request already. */
    void failed(boolean alone) {
        outcome(alone ? Outcome.FAILED : Outcome.FAILED_WITH_ANOTHER);
    }

    /** Forgets everything: what a version does while it warms up says nothing of it. */
    public synchronized void clear() {
        requests = 0;
        Arrays.fill(passes, 0);
    }

    /** What is remembered now. */
    public synchronized Figures figures() {
        final int known = (int) Math.min(requests, REQUESTS);
        int faults = 0;
        int failures = 0;
        for (int i = 0; i < known; i++) {
            faults += outcomes[i] == Outcome.FAILED ? 1 : 0;
            failures += outcomes[i] == Outcome.ANSWERED ? 0 : 1;
        }
        final Map<Integer, Figures.Pace> bySize = new TreeMap<>();
        for (int size = 0; size < SIZES; size++) {
            if (passes[size] > 0) {
                bySize.put(size, fastQuarter(size));
            }
        }
        return new Figures(known, failures, faults, bySize);
    }

    private Figures.Pace fastQuarter(int size) {
        final double[] sorted = Arrays.copyOf(pace[size], (int) Math.min(passes[size], PASSES_OF_A_SIZE));
        Arrays.sort(sorted);
        return new Figures.Pace(sorted.length, sorted[sorted.length / 4]);
    }

    private synchronized void outcome(Outcome outcome) {
        outcomes[(int) (requests++ % REQUESTS)] = outcome;
    }

    private enum Outcome {
        ANSWERED,
        FAILED,
        FAILED_WITH_ANOTHER
    }
}

package dev.millrace.trainer.learning.change;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A window over a stream of numbers in [0, 1] that is as long as their mean stays what it is (Bifet and Gavaldà 2007,
 * Learning from time-changing data with adaptive windowing: ADWIN2). In memory that grows with the logarithm of its
 * length: the older numbers are, the more of them share a bucket.
 */
public final class Adwin {
    /** The paper's M: so many buckets of a size at most, then the two oldest become one of twice the size. */
    private static final int BUCKETS_OF_A_SIZE = 5;

    private final double delta;
    /** Buckets of 1, 2, 4, .. numbers; of each size oldest first. */
    private final List<List<Bucket>> sizes = new ArrayList<>();

    /**
     * What is known of the numbers in a bucket.
     *
     * @param sum of them
     * @param deviation sum of their squared distances from their mean
     */
    record Bucket(double sum, double deviation) {}

    /** A run of numbers. */
    private record Part(double count, double sum, double deviation) {
        static final Part NONE = new Part(0, 0, 0);

        Part and(double moreCount, Bucket more) {
            double all = count + moreCount;
            double between = count == 0 ? 0 : more.sum() / moreCount - sum / count;
            return new Part(
                    all, sum + more.sum(), deviation + more.deviation() + between * between * count * moreCount / all);
        }

        double mean() {
            return sum / count;
        }
    }

    /** An empty window; {@code delta} is the chance, of a check, to take noise for a change. */
    public Adwin(double delta) {
        this(delta, List.of());
    }

    /** Goes on where another stood. */
    Adwin(double delta, List<List<Bucket>> sizes) {
        this.delta = delta;
        sizes.forEach(buckets -> this.sizes.add(new ArrayList<>(buckets)));
    }

    /**
     * Adds the next number.
     *
     * @throws IllegalArgumentException when it does not lie in [0, 1], for which the bound holds
     */
    public void add(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("what is watched for a change must lie in [0, 1], not " + value);
        }
        Bucket next = new Bucket(value, 0);
        for (int size = 0; ; size++) {
            if (size == sizes.size()) {
                sizes.add(new ArrayList<>());
            }
            List<Bucket> buckets = sizes.get(size);
            buckets.add(next);
            if (buckets.size() <= BUCKETS_OF_A_SIZE) {
                return;
            }
            double count = count(size);
            Part both = Part.NONE.and(count, buckets.remove(0)).and(count, buckets.remove(0));
            next = new Bucket(both.sum(), both.deviation());
        }
    }

    /**
     * Forgets numbers from the oldest on while the window falls into an older and a newer part whose means differ by more
     * than chance explains.
     *
     * @return the newer mean less the older at the clearest cut of the window as it was; empty when there was none
     */
    public OptionalDouble shrink() {
        OptionalDouble first = cut();
        for (OptionalDouble next = first; next.isPresent(); next = cut()) {
            List<Bucket> oldest = sizes.get(sizes.size() - 1);
            oldest.remove(0);
            if (oldest.isEmpty()) {
                sizes.remove(sizes.size() - 1);
            }
        }
        return first;
    }

    private OptionalDouble cut() {
        Part whole = whole();
        Part older = Part.NONE;
        OptionalDouble found = OptionalDouble.empty();
        double clearest = 1;
        for (int size = sizes.size() - 1; size >= 0; size--) {
            for (Bucket bucket : sizes.get(size)) {
                older = older.and(count(size), bucket);
                double newer = whole.count() - older.count();
                double difference = newer > 0 ? (whole.sum() - older.sum()) / newer - older.mean() : 0;
                double clarity = newer > 0 ? Math.abs(difference) / bound(older.count(), newer, whole) : 0;
                if (clarity > clearest) {
                    clearest = clarity;
                    found = OptionalDouble.of(difference);
                }
            }
        }
        return found;
    }

    /** The paper's epsilon by Bernstein's inequality, with the window's own variance. */
    private double bound(double older, double newer, Part whole) {
        double harmonic = 1 / (1 / older + 1 / newer);
        double confidence = Math.log(2 * Math.max(1, Math.log(whole.count())) / delta);
        double variance = whole.deviation() / whole.count();
        return Math.sqrt(2 / harmonic * variance * confidence) + 2 / (3 * harmonic) * confidence;
    }

    private Part whole() {
        Part whole = Part.NONE;
        for (int size = sizes.size() - 1; size >= 0; size--) {
            for (Bucket bucket : sizes.get(size)) {
                whole = whole.and(count(size), bucket);
            }
        }
        return whole;
    }

    private static double count(int size) {
        return Math.scalb(1.0, size);
    }

    /** How many numbers are in the window. */
    public long length() {
        return (long) whole().count();
    }

    /** Their mean; empty without any. */
    public OptionalDouble mean() {
        Part whole = whole();
        return whole.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(whole.mean());
    }

    /** Of each size, oldest first, to go on from. */
    List<List<Bucket>> sizes() {
        return sizes.stream().map(List::copyOf).toList();
    }
}

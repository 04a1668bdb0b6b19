package dev.millrace.trainer.learning.state;

import dev.millrace.events.record.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A uniform sample of all pairs offered so far (Vitter 1985, algorithm R). The random draw for the n-th pair depends on
 * seed and n alone, so a resumed reservoir goes on as an uninterrupted one would.
 */
public final class Reservoir implements Replay {
    private final int capacity;
    private final long seed;
    private final List<Pair> pairs;
    private long offered;

    /**
     * Goes on where another reservoir stood; where there is less room now, with a uniform sample of its pairs, which is
     * a uniform sample of all that were offered.
     */
    public Reservoir(int capacity, long seed, List<Pair> pairs, long offered) {
        this.capacity = capacity;
        this.seed = seed;
        this.pairs = new ArrayList<>(
                pairs.size() <= capacity ? pairs : sample(pairs, capacity, new SplittableRandom(seed + offered)));
        this.offered = offered;
    }

    @Override
    public void offer(Pair pair) {
        offered++;
        if (pairs.size() < capacity) {
            pairs.add(pair);
        } else if (capacity > 0) {
            long place = new SplittableRandom(seed + offered).nextLong(offered);
            if (place < capacity) {
                pairs.set((int) place, pair);
            }
        }
    }

    @Override
    public List<Pair> draw(int count, SplittableRandom random) {
        return sample(pairs, count, random);
    }

    /** {@code count} of them, or all where there are fewer, in random order. */
    static List<Pair> sample(List<Pair> pairs, int count, SplittableRandom random) {
        List<Pair> shuffled = new ArrayList<>(pairs);
        int wanted = Math.min(count, shuffled.size());
        for (int i = 0; i < wanted; i++) {
            int other = random.nextInt(i, shuffled.size());
            Pair swapped = shuffled.set(other, shuffled.get(i));
            shuffled.set(i, swapped);
        }
        return List.copyOf(shuffled.subList(0, wanted));
    }

    @Override
    public List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    @Override
    public long offered() {
        return offered;
    }

    @Override
    public List<Long> places() {
        return List.of();
    }
}

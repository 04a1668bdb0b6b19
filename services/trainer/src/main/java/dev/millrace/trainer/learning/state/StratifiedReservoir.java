package dev.millrace.trainer.learning.state;

import dev.millrace.events.record.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Half of the places are shared evenly among groups (Chrysakis and Moens 2020, class-balancing reservoir sampling), each
 * with a uniform sample of all that it ever had; pairs without a group are one. The other half is dealt out by age,
 * whatever the group: the newest pairs are all there, and of older ones fewer the older they are, as many between one and
 * two thousand pairs ago as between one and two million.
 *
 * <p>Every pair draws two numbers when it comes, from the seed and its place alone, so that a resumed reservoir goes on
 * as an uninterrupted one would. A group keeps the smallest of the first; by age stay the smallest products of the
 * second and the age, which leaves of the pairs of an age a share that falls as one over the age.
 */
public final class StratifiedReservoir implements Replay {
    /** One place in so many is free after a choice, so that not every pair asks for the next. */
    private static final int FREED = 8;

    private static final Comparator<Kept> BY_GROUP_AND_PLACE =
            Comparator.comparing((Kept one) -> one.pair().group().orElse("")).thenComparingLong(Kept::place);

    private final int capacity;
    private final long seed;
    private final List<Kept> kept = new ArrayList<>();
    private long offered;

    /**
     * Goes on where another stood.
     *
     * @param places as of {@link Replay#places}; empty: the pairs are a uniform sample of all that were offered, which
     *     came in the order of their times
     */
    public StratifiedReservoir(int capacity, long seed, List<Pair> pairs, List<Long> places, long offered) {
        this.capacity = capacity;
        this.seed = seed;
        this.offered = offered;
        if (places.isEmpty()) {
            List<Pair> inOrder =
                    pairs.stream().sorted(Comparator.comparing(Pair::ts)).toList();
            IntStream.range(0, pairs.size())
                    .forEach(i -> kept.add(kept(inOrder.get(i), (i + 1) * offered / pairs.size())));
        } else {
            IntStream.range(0, pairs.size()).forEach(i -> kept.add(kept(pairs.get(i), places.get(i))));
        }
        if (kept.size() > capacity) {
            choose(capacity);
        }
    }

    /**
     * A pair and what it drew when it came.
     *
     * @param place the how-manieth of all it was
     * @param lot in [0, 1): the smaller, the longer its group keeps it
     * @param ageing in [0, 1): how fast it ages
     */
    private record Kept(Pair pair, long place, double lot, double ageing) {
        double aged(long offered) {
            return ageing * (offered - place + 1);
        }
    }

    private Kept kept(Pair pair, long place) {
        SplittableRandom random = new SplittableRandom(seed + place);
        return new Kept(pair, place, random.nextDouble(), random.nextDouble());
    }

    @Override
    public void offer(Pair pair) {
        offered++;
        kept.add(kept(pair, offered));
        if (kept.size() > capacity) {
            choose(capacity - capacity / FREED);
        }
    }

    private void choose(int size) {
        kept.sort(Comparator.comparingDouble(Kept::lot));
        boolean[] byGroup = smallestOfEachGroup(size - size / 2);
        List<Kept> others = IntStream.range(0, kept.size())
                .filter(i -> !byGroup[i])
                .mapToObj(kept::get)
                .toList();
        List<Kept> chosen = new ArrayList<>(size);
        IntStream.range(0, kept.size())
                .filter(i -> byGroup[i])
                .mapToObj(kept::get)
                .forEach(chosen::add);
        chosen.addAll(youngest(others, size / 2));
        kept.clear();
        kept.addAll(chosen);
    }

    /** Every group has as many as any other, or all it has; what does not divide goes to the smallest lots. */
    private boolean[] smallestOfEachGroup(int places) {
        Map<Optional<String>, Integer> sizes = new HashMap<>();
        int[] ranks = kept.stream()
                .mapToInt(one -> sizes.merge(one.pair().group(), 1, Integer::sum) - 1)
                .toArray();
        int[] withRank = new int[kept.size() + 1];
        Arrays.stream(ranks).forEach(rank -> withRank[rank]++);
        int left = places;
        int level = 0;
        while (withRank[level] > 0 && withRank[level] <= left) {
            left -= withRank[level++];
        }
        boolean[] chosen = new boolean[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            chosen[i] = ranks[i] < level || (ranks[i] == level && left-- > 0);
        }
        return chosen;
    }

    private List<Kept> youngest(List<Kept> of, int places) {
        if (places == 0) {
            return List.of();
        }
        double[] ages =
                of.stream().mapToDouble(one -> one.aged(offered)).sorted().toArray();
        double oldest = ages[places - 1];
        return of.stream()
                .filter(one -> one.aged(offered) <= oldest)
                .limit(places)
                .toList();
    }

    /** From all groups and times as they are here: every so many-th in the order of group and place. */
    @Override
    public List<Pair> draw(int count, SplittableRandom random) {
        int wanted = Math.min(count, kept.size());
        if (wanted == 0) {
            return List.of();
        }
        List<Kept> ordered = kept.stream().sorted(BY_GROUP_AND_PLACE).toList();
        long first = random.nextLong(ordered.size());
        List<Pair> drawn = IntStream.range(0, wanted)
                .mapToObj(i -> ordered.get((int) (((long) i * ordered.size() + first) / wanted))
                        .pair())
                .toList();
        return Reservoir.sample(drawn, wanted, random);
    }

    @Override
    public List<Pair> pairs() {
        return kept.stream().map(Kept::pair).toList();
    }

    @Override
    public long offered() {
        return offered;
    }

    @Override
    public List<Long> places() {
        return kept.stream().map(Kept::place).toList();
    }
}

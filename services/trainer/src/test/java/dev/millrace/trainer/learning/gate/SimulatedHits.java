package dev.millrace.trainer.learning.gate;

import dev.millrace.trainer.learning.evaluate.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Hits that come and go from version to version: a pair is a hit while its margin, to which each version adds a little
 * chance that later versions forget again, lies above what is asked. Margins are spread evenly over four units.
 */
final class SimulatedHits {
    private static final double CHANCE = 0.15;
    private static final double KEPT = 0.9;
    private static final double SPREAD = 4;
    private static final double MISSED = 0.4;

    private final Random random;
    private final List<String> groups;
    private final double together;
    private final double[] margins;
    private final double[] chance;
    private final Map<String, Double> shared = new HashMap<>();
    private boolean[] before;
    private boolean[] now;

    /**
     * Begins.
     *
     * @param groups the group of each pair
     * @param together how much of a pair's chance is that of its whole group, 0 .. 1
     */
    SimulatedHits(int seed, List<String> groups, double together) {
        random = new Random(seed);
        this.groups = groups;
        this.together = together;
        margins = random.doubles(groups.size(), 0, 1)
                .map(share -> SPREAD * (share - MISSED))
                .toArray();
        chance = new double[groups.size()];
        now = seen(group -> 0);
        before = now;
    }

    /** So much of a unit is to be asked for so much hit@1 to be lost. */
    static double asking(double lost) {
        return SPREAD * lost;
    }

    /** The next version. */
    void next(ToDoubleFunction<String> asked) {
        IntStream.range(0, chance.length).forEach(i -> chance[i] = KEPT * chance[i] + CHANCE * random.nextGaussian());
        groups.stream()
                .distinct()
                .forEach(
                        group -> shared.merge(group, CHANCE * random.nextGaussian(), (old, step) -> KEPT * old + step));
        before = now;
        now = seen(asked);
    }

    /** From the next version on so much of a group's hit@1 is lost for good. */
    void forget(String group, double share) {
        long pairs = groups.stream().filter(group::equals).count();
        IntStream.range(0, margins.length)
                .filter(i -> groups.get(i).equals(group) && now[i])
                .limit(Math.round(share * pairs))
                .forEach(i -> margins[i] = -SPREAD);
    }

    boolean hit(int pair) {
        return now[pair];
    }

    /** What the newest version changed on each group. */
    SortedMap<String, Change> changes() {
        SortedMap<String, Change> changes = new TreeMap<>();
        IntStream.range(0, now.length).forEach(i -> changes.merge(groups.get(i), change(i), SimulatedHits::sum));
        return changes;
    }

    /** What it changed on all pairs. */
    Change all() {
        return changes().values().stream().reduce(SimulatedHits::sum).orElseThrow();
    }

    private Change change(int pair) {
        return new Change(1, now[pair] ? 1 : 0, before[pair] && !now[pair] ? 1 : 0, now[pair] && !before[pair] ? 1 : 0);
    }

    private static Change sum(Change one, Change other) {
        return new Change(
                one.pairs() + other.pairs(),
                one.found() + other.found(),
                one.lost() + other.lost(),
                one.won() + other.won());
    }

    private boolean[] seen(ToDoubleFunction<String> asked) {
        boolean[] hits = new boolean[margins.length];
        for (int i = 0; i < hits.length; i++) {
            String group = groups.get(i);
            double moved = Math.sqrt(1 - together) * chance[i] + Math.sqrt(together) * shared.getOrDefault(group, 0.0);
            hits[i] = margins[i] + moved > asked.applyAsDouble(group);
        }
        return hits;
    }
}

package dev.millrace.bench.scale.simulation;

import dev.millrace.bench.scale.simulation.SimulatedLineage.Published;
import dev.millrace.trainer.learning.round.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a simulation came to.
 *
 * @param versions in the order of the lineage
 * @param spent seconds of each trainer by what it did
 * @param bytes that trainers sent and fetched
 * @param seconds that it went on for
 */
public record Outcome(List<Published> versions, List<Map<Activity, Double>> spent, double bytes, double seconds) {
    /** Pairs of a window are looked at in so many places. */
    private static final int PLACES = 16;

    long pairs() {
        return versions.stream().mapToLong(Published::pairs).sum();
    }

    /** From the first version to the last, so that neither end is cut; 0 of fewer than two. */
    public double pairsPerSecond() {
        if (versions.size() < 2) {
            return 0;
        }
        double between =
                versions.get(versions.size() - 1).at() - versions.get(0).at();
        return (pairs() - versions.get(0).pairs()) / between;
    }

    /** Of all trainers' time. */
    public double share(Activity activity) {
        double sum = spent.stream()
                .mapToDouble(each -> each.getOrDefault(activity, 0.0))
                .sum();
        return sum / (seconds * spent.size());
    }

    public double bytesPerPair() {
        return pairs() == 0 ? 0 : bytes / pairs();
    }

    /** The longest time from one version to the next; of fewer than two, all of it. */
    public double longestRound() {
        return IntStream.range(1, versions.size())
                .mapToDouble(i -> versions.get(i).at() - versions.get(i - 1).at())
                .max()
                .orElse(seconds);
    }

    /** Seconds that pairs took from being posted to the head's move, in rising order; of each window a few. */
    public List<Double> delays(Scenario scenario) {
        List<Double> delays = new ArrayList<>();
        for (Published version : versions) {
            for (OffsetRange range : version.ranges()) {
                double step = (double) (range.to() - range.from()) / PLACES;
                for (int place = 0; place < PLACES; place++) {
                    delays.add(version.at() - scenario.stream().time(range.from() + (place + .5) * step));
                }
            }
        }
        return delays.stream().sorted().toList();
    }
}

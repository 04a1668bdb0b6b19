package dev.millrace.bench.scale.simulation;

import dev.millrace.trainer.learning.round.Quorum;
import java.util.Set;

/**
 * What is simulated.
 *
 * @param trainers how many, with a partition each
 * @param windows when one is closed
 * @param load pairs a second posted to all partitions together; infinite where there is always more
 * @param meeting how trainers meet
 * @param trouble what befalls them
 */
public record Scenario(int trainers, Windows windows, double load, Meeting meeting, Trouble trouble) {
    /**
     * When a window is closed.
     *
     * @param pairs that close it
     * @param seconds after its first pair, for one that is not full
     */
    public record Windows(long pairs, double seconds) {}

    /**
     * How trainers meet.
     *
     * @param bytesPerWeight of a share
     */
    public record Meeting(Quorum quorum, double bytesPerWeight, Set<Change> changes) {
        boolean has(Change change) {
            return changes.contains(change);
        }
    }

    /**
     * What befalls them.
     *
     * @param slowest speed of the last trainer, (0,1]; the others' is 1
     * @param every so many seconds one of them dies; infinite: never
     * @param away seconds until it is there again
     */
    public record Trouble(double slowest, double every, double away) {
        public static final Trouble NONE = new Trouble(1, Double.POSITIVE_INFINITY, 0);
    }

    public Scenario under(double pairsPerSecond) {
        return new Scenario(trainers, windows, pairsPerSecond, meeting, trouble);
    }

    public Scenario with(Trouble other) {
        return new Scenario(trainers, windows, load, meeting, other);
    }

    PairStream stream() {
        return Double.isInfinite(load) ? PairStream.ENDLESS : new PairStream(load / trainers);
    }

    /** Of a trainer by its number. */
    double speed(int trainer) {
        return trainer == trainers - 1 ? trouble.slowest() : 1;
    }
}

package dev.millrace.devstack.demo.traffic;

import dev.millrace.devstack.demo.stack.PairsLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long a pair takes from being posted to a version that has learned it giving its first answer. */
public final class Freshness {
    private Freshness() {}

    /** A pair whose way is timed. */
    public record Mark(String id, Instant posted) {}

    /**
     * A version that answered.
     *
     * @param offsets the next offset by partition that it had not learned yet
     */
    public record Learned(Instant since, Map<String, Long> offsets) {
        boolean includes(PairsLog.Place place) {
            return offsets.getOrDefault(place.partition(), 0L) > place.offset();
        }
    }

    /**
     * Seconds of the marks that arrived.
     *
     * @param unserved marks that no version has learned yet
     */
    public record Result(Percentiles seconds, int unserved) {}

    /** From the versions in the order in which they answered first. */
    public static Result of(List<Mark> marks, PairsLog log, List<Learned> versions) {
        List<Double> seconds = marks.stream()
                .flatMap(mark -> seconds(mark, log, versions).stream())
                .toList();
        return new Result(new Percentiles(seconds), marks.size() - seconds.size());
    }

    private static Optional<Double> seconds(Mark mark, PairsLog log, List<Learned> versions) {
        return log.place(mark.id())
                .flatMap(place -> versions.stream()
                        .filter(version -> version.includes(place))
                        .findFirst())
                .map(version -> Duration.between(mark.posted(), version.since()).toMillis() / 1e3);
    }
}

package dev.millrace.trainer.learning.round;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When a round is merged (quorum and grace: Decoupled DiLoCo 2026): at once when all have come who are expected; else, once enough
 * have come, a grace later, so that who is a little slower is in it and who is much slower holds up nobody; and in any case when
 * the deadline after the first is over, so that no round lasts for ever. Whoever comes later is in a later round.
 *
 * @param share of those expected that is enough, (0,1]; one at least
 * @param grace after enough have come, not negative
 * @param deadline after the first has come, no shorter than the grace
 */
public record Quorum(double share, Duration grace, Duration deadline) {
    /** Checks the ranges. */
    public Quorum {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a quorum's share must lie in (0, 1], not " + share);
        }
        if (grace.isNegative() || deadline.compareTo(grace) < 0) {
            throw new IllegalArgumentException(
                    "grace must not be negative, nor longer than the deadline: " + grace + ", " + deadline);
        }
    }

    /**
     * Decides.
     *
     * @param expected trainers that have a part of the stream; others count for nothing, though what they bring is merged
     * @param come when each brought its share
     */
    public Timing at(Instant now, Set<String> expected, Map<String, Instant> come) {
        if (come.isEmpty()) {
            return new Timing.Wait(Optional.empty());
        }
        Instant due = due(expected, come);
        return now.isBefore(due) ? new Timing.Wait(Optional.of(due)) : new Timing.Merge();
    }

    /**
     * How long whoever is to merge next waits for the one before. To be longer than merging and publishing take, as who begins
     * while another is at it only loses the swap: a quarter of the deadline, or the grace where that is more.
     */
    public Duration betweenTurns() {
        Duration quarter = deadline.dividedBy(4);
        return quarter.compareTo(grace) > 0 ? quarter : grace;
    }

    private Instant due(Set<String> expected, Map<String, Instant> come) {
        List<Instant> arrivals = expected.stream()
                .flatMap(trainer -> Optional.ofNullable(come.get(trainer)).stream())
                .sorted()
                .toList();
        if (arrivals.size() == expected.size()) {
            return Instant.MIN;
        }
        int enough = (int) Math.max(1, Math.ceil(share * expected.size()));
        Instant latest =
                come.values().stream().min(Instant::compareTo).orElseThrow().plus(deadline);
        if (arrivals.size() < enough) {
            return latest;
        }
        Instant graced = arrivals.get(enough - 1).plus(grace);
        return graced.isBefore(latest) ? graced : latest;
    }
}

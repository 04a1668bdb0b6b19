package dev.millrace.operator.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * How many trainers were wanted, and when. An operator that has just begun has not looked for long enough to know that
 * few have been enough, nor that more are needed: what there is counts as wanted for all the time before.
 */
public final class History {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Duration horizon;

    private record Entry(Instant at, int wanted) {}

    /** Forgets what is older than the horizon. */
    public History(Duration horizon) {
        this.horizon = horizon;
    }

    void add(Instant at, int wanted) {
        entries.addLast(new Entry(at, wanted));
        final Instant oldest = at.minus(horizon);
        // One entry from before the horizon stays: it says what was wanted until the next.
        while (entries.size() > 1 && secondIsOld(oldest)) {
            entries.removeFirst();
        }
    }

    private boolean secondIsOld(Instant oldest) {
        return !entries.stream().skip(1).findFirst().orElseThrow().at().isAfter(oldest);
    }

    int leastSince(Instant since, int current) {
        return wantedSince(since, current).min().orElse(current);
    }

    int mostSince(Instant since, int current) {
        return wantedSince(since, current).max().orElse(current);
    }

    /** What was wanted when the time began, which is what there is where nobody had looked yet, and ever since. */
    private IntStream wantedSince(Instant since, int current) {
        final int atFirst = entries.stream()
                .filter(entry -> !entry.at().isAfter(since))
                .reduce((earlier, later) -> later)
                .map(Entry::wanted)
                .orElse(current);
        return IntStream.concat(
                IntStream.of(atFirst),
                entries.stream().filter(entry -> entry.at().isAfter(since)).mapToInt(Entry::wanted));
    }
}

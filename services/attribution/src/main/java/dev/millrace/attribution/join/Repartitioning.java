package dev.millrace.attribution.join;

import dev.millrace.attribution.join.store.Deadline;
import dev.millrace.attribution.join.store.Partitioning;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.events.record.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * One partition's part when the topics have got more of them. What waits here and belongs elsewhere is handed over, and
 * for a while no wait ends: others hand over too, producers learn of the new partitions one after the other, and what
 * belongs here is still on its way. How far it is, is in the state, so a restart or another process goes on with it.
 */
public final class Repartitioning {
    /** All partitions of a thread share a transaction, which has ten seconds. */
    private static final int PORTION_BYTES = 4 << 20;

    private final WaitingStores stores;
    private final JoinTopics topics;
    private final Duration settling;
    private final int here;
    private final Deque<Deadline> misplaced = new ArrayDeque<>();
    private Optional<Partitioning> current = Optional.empty();

    /** {@code here}: the number of this partition. */
    public Repartitioning(WaitingStores stores, JoinTopics topics, Duration settling, int here) {
        this.stores = stores;
        this.topics = topics;
        this.settling = settling;
        this.here = here;
    }

    /** Whether waits may end at this time; milliseconds since the epoch. */
    public boolean isOver(long wallTime) {
        return current(wallTime).settledAt() <= wallTime && misplaced.isEmpty();
    }

    /** Hands over a portion of what belongs elsewhere, if there is any left. */
    public void proceed(long wallTime, Join join, ToIntFunction<Event> move) {
        current(wallTime);
        int bytes = 0;
        while (bytes < PORTION_BYTES && !misplaced.isEmpty()) {
            bytes += join.handOver(misplaced.remove(), move);
        }
    }

    private Partitioning current(long wallTime) {
        return current.orElseGet(() -> begin(wallTime));
    }

    private Partitioning begin(long wallTime) {
        final Partitioning begun = recorded(wallTime);
        stores.keep(begun);
        current = Optional.of(begun);
        Stream.of(Deadline.Kind.values())
                .flatMap(kind -> stores.earliest(kind, Long.MAX_VALUE).stream())
                .filter(due -> topics.partitionOf(due.id()) != here)
                .forEach(misplaced::add);
        return begun;
    }

    /** A clock that was put back does not make it longer. */
    private Partitioning recorded(long wallTime) {
        final int count = topics.partitions();
        final long latest = wallTime + settling.toMillis();
        final Optional<Partitioning> before = stores.partitioning();
        if (before.isEmpty() && topics.isNew()) {
            return new Partitioning(count, 0);
        }
        return before.filter(known -> known.count() == count)
                .map(known -> new Partitioning(count, Math.min(known.settledAt(), latest)))
                .orElseGet(() -> new Partitioning(count, latest));
    }
}

package dev.millrace.trainer.stream;

import dev.millrace.trainer.stream.Window.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers records into a window until there are enough pairs, or the first record has waited long enough. */
public final class WindowBuilder {
    /**
     * A flood of bad records would else cut the pairs among them into many small windows; this bounds the memory of
     * one.
     */
    private static final long RECORDS_FOR_A_PAIR = 32;

    private final int size;
    private final Duration patience;
    private final InstantSource clock;
    private final List<Entry> records = new ArrayList<>();
    private final SortedMap<String, Long> next = new TreeMap<>();
    private int pairs;
    private Optional<Instant> opened = Optional.empty();

    /**
     * A window closes at {@code size} pairs or 32 times as many records, or {@code patience} after its first record by
     * a clock that does not jump.
     */
    public WindowBuilder(int size, Duration patience, InstantSource clock) {
        this.size = size;
        this.patience = patience;
        this.clock = clock;
    }

    /** Whether no more records belong in this window. */
    public boolean isFull() {
        return pairs >= size || records.size() >= size * RECORDS_FOR_A_PAIR;
    }

    /**
     * Whether the window is to be learned now: full, or old enough. One without a pair does not grow old, since there
     * is nothing to learn; when it is full it is due like any other, or a run of bad records would hold the stream up
     * for ever.
     */
    public boolean isDue() {
        boolean old = opened.filter(since -> !clock.instant().isBefore(since.plus(patience)))
                .isPresent();
        return isFull() || (pairs > 0 && old);
    }

    /** Whether no record has come yet. */
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** Takes the next record of its partition. */
    public void add(Entry record) {
        if (opened.isEmpty()) {
            opened = Optional.of(clock.instant());
        }
        records.add(record);
        pairs += record.isPair() ? 1 : 0;
        next.put(record.partition().toString(), record.offset() + 1);
    }

    /** The records so far. */
    public Window build() {
        return new Window(List.copyOf(records), new TreeMap<>(next));
    }
}

package dev.millrace.attribution.join.store;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What one task holds: open impressions, their clicks, and deadlines in the order of time. Whatever is in the first two
 * stores has a deadline in the third, so everything leaves again and nothing has to be scanned to find what is due.
 */
public final class WaitingStores {
    private static final String IMPRESSIONS = "open-impressions";
    private static final String CLICKS = "waiting-clicks";
    private static final String DEADLINES = "deadlines";

    /**
     * The state lives for minutes only, while by default a log is compacted weeks or a gigabyte later and remembers
     * deletions for a day: a restart would read all that to restore a few thousand entries.
     */
    private static final Map<String, String> CHANGELOG = Map.of(
            "segment.ms", "600000",
            "segment.bytes", Integer.toString(32 << 20),
            "min.cleanable.dirty.ratio", "0.1",
            "delete.retention.ms", "3600000",
            "max.message.bytes", Integer.toString(StoredEvents.MAX_BYTES + (64 << 10)));

    private final KeyValueStore<String, Impression> impressions;
    private final KeyValueStore<ClickKey, Click> clicks;
    private final KeyValueStore<Deadline, byte[]> deadlines;

    public WaitingStores(ProcessorContext<?, ?> context) {
        this.impressions = context.getStateStore(IMPRESSIONS);
        this.clicks = context.getStateStore(CLICKS);
        this.deadlines = context.getStateStore(DEADLINES);
    }

    public static Set<StoreBuilder<?>> builders() {
        return Set.of(
                builder(IMPRESSIONS, Serdes.String(), StoredEvents.impressions()),
                builder(CLICKS, ClickKey.serde(), StoredEvents.clicks()),
                builder(DEADLINES, Deadline.serde(), Serdes.ByteArray()));
    }

    private static <K, V> StoreBuilder<?> builder(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingEnabled(CHANGELOG)
                .withCachingDisabled();
    }

    public Optional<Impression> impression(String id) {
        return Optional.ofNullable(impressions.get(id));
    }

    public Optional<Click> click(String impressionId, String docId) {
        return Optional.ofNullable(clicks.get(new ClickKey(impressionId, docId)));
    }

    public List<Click> clicks(String impressionId) {
        final List<Click> found = new ArrayList<>();
        try (KeyValueIterator<ClickKey, Click> range = clicks.prefixScan(impressionId, ClickKey.ofImpression())) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    public void keep(Impression impression) {
        impressions.put(impression.id(), impression);
    }

    public void keep(Click click) {
        clicks.put(new ClickKey(click.impressionId(), click.docId()), click);
    }

    public void await(Deadline deadline) {
        deadlines.put(deadline, new byte[0]);
    }

    public List<Deadline> before(Deadline.Kind kind, long time) {
        try (KeyValueIterator<Deadline, byte[]> range =
                deadlines.range(Deadline.bound(kind, 0), Deadline.bound(kind, time))) {
            return keys(range, Long.MAX_VALUE);
        }
    }

    public List<Deadline> earliest(Deadline.Kind kind, int count) {
        try (KeyValueIterator<Deadline, byte[]> range =
                deadlines.range(Deadline.bound(kind, 0), Deadline.bound(kind, Long.MAX_VALUE))) {
            return keys(range, count);
        }
    }

    public void remove(Deadline deadline) {
        deadlines.delete(deadline);
    }

    public void remove(String impressionId, List<Click> itsClicks) {
        impressions.delete(impressionId);
        itsClicks.forEach(click -> clicks.delete(new ClickKey(impressionId, click.docId())));
    }

    /** Waits that have not ended; exact, as the stores are in memory. */
    public long size() {
        return deadlines.approximateNumEntries();
    }

    private static List<Deadline> keys(KeyValueIterator<Deadline, byte[]> entries, long count) {
        final List<Deadline> keys = new ArrayList<>();
        while (keys.size() < count && entries.hasNext()) {
            keys.add(entries.next().key);
        }
        return keys;
    }
}

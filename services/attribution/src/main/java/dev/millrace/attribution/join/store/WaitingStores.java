package dev.millrace.attribution.join.store;

import dev.millrace.events.json.EventJson;
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
 * What one task holds: open impressions, their clicks, and deadlines in the order of time; and how many partitions there
 * were. Whatever is in the first two stores has a deadline in the third, so everything leaves again and nothing has to be scanned to find what is due.
 */
public final class WaitingStores {
    /** What an entry takes besides its value: its key, a node of the tree, the objects around both. */
    private static final int ENTRY_BYTES = 300;

    private static final String IMPRESSIONS = "open-impressions";
    private static final String CLICKS = "waiting-clicks";
    private static final String DEADLINES = "deadlines";
    private static final String PARTITIONING = "partitioning";

    /** The one key of its store. */
    private static final String CURRENT = "current";

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

    private final KeyValueStore<String, byte[]> impressions;
    private final KeyValueStore<ClickKey, byte[]> clicks;
    private final KeyValueStore<Deadline, byte[]> deadlines;
    private final KeyValueStore<String, Partitioning> partitioning;
    private final HeldBytes held;
    private long bytes;

    /** Counts what a restored partition already holds. */
    public WaitingStores(ProcessorContext<?, ?> context, HeldBytes held) {
        this.impressions = context.getStateStore(IMPRESSIONS);
        this.clicks = context.getStateStore(CLICKS);
        this.deadlines = context.getStateStore(DEADLINES);
        this.partitioning = context.getStateStore(PARTITIONING);
        this.held = held;
        held.enter();
        changeBy(sizes(impressions) + sizes(clicks));
    }

    /** The stores' names, from which Kafka Streams makes those of their changelog topics. */
    public static List<String> names() {
        return List.of(IMPRESSIONS, CLICKS, DEADLINES, PARTITIONING);
    }

    public static Set<StoreBuilder<?>> builders() {
        return Set.of(
                builder(IMPRESSIONS, Serdes.String(), Serdes.ByteArray()),
                builder(CLICKS, ClickKey.serde(), Serdes.ByteArray()),
                builder(DEADLINES, Deadline.serde(), Serdes.ByteArray()),
                builder(PARTITIONING, Serdes.String(), Partitioning.serde()));
    }

    private static <K, V> StoreBuilder<?> builder(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingEnabled(CHANGELOG)
                .withCachingDisabled();
    }

    public Optional<Impression> impression(String id) {
        return Optional.ofNullable(impressions.get(id)).map(StoredEvents::impression);
    }

    public Optional<Click> click(String impressionId, String docId) {
        return Optional.ofNullable(clicks.get(new ClickKey(impressionId, docId)))
                .map(StoredEvents::click);
    }

    public List<Click> clicks(String impressionId) {
        final List<Click> found = new ArrayList<>();
        try (KeyValueIterator<ClickKey, byte[]> range = clicks.prefixScan(impressionId, ClickKey.ofImpression())) {
            range.forEachRemaining(entry -> found.add(StoredEvents.click(entry.value)));
        }
        return found;
    }

    public void keep(Impression impression) {
        put(impressions, impression.id(), EventJson.write(impression));
    }

    public void keep(Click click) {
        put(clicks, new ClickKey(click.impressionId(), click.docId()), EventJson.write(click));
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

    public List<Deadline> earliest(Deadline.Kind kind, long count) {
        try (KeyValueIterator<Deadline, byte[]> range =
                deadlines.range(Deadline.bound(kind, 0), Deadline.bound(kind, Long.MAX_VALUE))) {
            return keys(range, count);
        }
    }

    public void remove(Deadline deadline) {
        deadlines.delete(deadline);
    }

    public void remove(String impressionId, List<Click> itsClicks) {
        delete(impressions, impressionId);
        itsClicks.forEach(click -> delete(clicks, new ClickKey(impressionId, click.docId())));
    }

    /** Empty where nothing was ever kept. */
    public Optional<Partitioning> partitioning() {
        return Optional.ofNullable(partitioning.get(CURRENT));
    }

    public void keep(Partitioning current) {
        partitioning.put(CURRENT, current);
    }

    /** Whether this process holds more than it may, and this partition more than its share of it. */
    public boolean mustGiveWay() {
        return held.mustGiveWay(bytes);
    }

    /** What is held here is not held by this process any more. */
    public void leave() {
        held.leave(bytes);
        bytes = 0;
    }

    /** Waits that have not ended; exact, as the stores are in memory. */
    public long size() {
        return deadlines.approximateNumEntries();
    }

    private <K> void put(KeyValueStore<K, byte[]> store, K key, byte[] value) {
        final Optional<byte[]> before = Optional.ofNullable(store.get(key));
        store.put(key, value);
        changeBy(value.length + before.map(replaced -> -replaced.length).orElse(ENTRY_BYTES));
    }

    private <K> void delete(KeyValueStore<K, byte[]> store, K key) {
        Optional.ofNullable(store.delete(key)).ifPresent(deleted -> changeBy(-deleted.length - ENTRY_BYTES));
    }

    private void changeBy(long change) {
        bytes += change;
        held.change(change);
    }

    private static <K> long sizes(KeyValueStore<K, byte[]> store) {
        long sum = 0;
        try (KeyValueIterator<K, byte[]> all = store.all()) {
            while (all.hasNext()) {
                sum += all.next().value.length + ENTRY_BYTES;
            }
        }
        return sum;
    }

    private static List<Deadline> keys(KeyValueIterator<Deadline, byte[]> entries, long count) {
        final List<Deadline> keys = new ArrayList<>();
        while (keys.size() < count && entries.hasNext()) {
            keys.add(entries.next().key);
        }
        return keys;
    }
}

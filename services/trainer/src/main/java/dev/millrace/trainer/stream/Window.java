package dev.millrace.trainer.stream;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.record.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Consecutive records of each partition, taken together.
 *
 * @param records in the order they were read
 * @param next for each partition read from, by its name, the offset after the last record taken
 */
public record Window(List<Entry> records, SortedMap<String, Long> next) {
    /** What is to be learned. */
    public List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Entry record : records) {
            if (record.decoded() instanceof Decoded.Valid<Pair> valid) {
                pairs.add(valid.event());
            }
        }
        return pairs;
    }

    /** Whether nothing came: what is learned from it is what was learned before. */
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** The records of {@link #pairs}, in the same order. */
    public List<Entry> pairEntries() {
        return records.stream().filter(Entry::isPair).toList();
    }

    /** How many records went to the dead letters. */
    public long setAside() {
        return records.stream().filter(record -> !record.isPair()).count();
    }

    /**
     * A record of the pairs topic.
     *
     * @param partition where it was read
     * @param offset its place there
     * @param decoded the pair, or why it is none
     */
    public record Entry(TopicPartition partition, long offset, Decoded<Pair> decoded) {
        boolean isPair() {
            return decoded instanceof Decoded.Valid<Pair>;
        }
    }
}

package dev.millrace.trainer.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of several partitions by when they arrived. A partition's own order stands, whatever its times say: a
 * deletion that a slow clock dates before what it deletes must still come after it. So a record counts as no older than
 * any before it in its partition; what is equally old is in the order of partitions and offsets, so that the same
 * records are always in the same order.
 */
final class ArrivalOrder {
    private ArrivalOrder() {}

    static <K, V> List<ConsumerRecord<K, V>> of(List<ConsumerRecord<K, V>> records) {
        List<ConsumerRecord<K, V>> placed = records.stream()
                .sorted(Comparator.comparingInt((ConsumerRecord<K, V> record) -> record.partition())
                        .thenComparingLong(ConsumerRecord::offset))
                .toList();
        Map<Integer, Long> latest = new HashMap<>();
        List<Arrival<K, V>> arrivals = new ArrayList<>();
        for (ConsumerRecord<K, V> record : placed) {
            long time = latest.merge(record.partition(), record.timestamp(), Math::max);
            arrivals.add(new Arrival<>(time, record));
        }
        return arrivals.stream()
                .sorted(Comparator.comparingLong(Arrival::time))
                .map(Arrival::record)
                .toList();
    }

    private record Arrival<K, V>(long time, ConsumerRecord<K, V> record) {}
}

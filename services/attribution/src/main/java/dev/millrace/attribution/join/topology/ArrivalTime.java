package dev.millrace.attribution.join.topology;

import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time a record was put on its topic. Stream time never goes back, so one record from the future would close every
 * impression at once for ever after: times are held to the present. A record without a time would stop the stream.
 */
final class ArrivalTime implements TimestampExtractor {
    private final InstantSource clock;

    ArrivalTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> consumed, long partitionTime) {
        return consumed.timestamp() < 0 ? Math.max(0, partitionTime) : Math.min(consumed.timestamp(), clock.millis());
    }
}

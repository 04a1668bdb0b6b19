package dev.millrace.trainer.stream;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.record.Pair;
import org.apache.kafka.common.TopicPartition;

/**
 * A record of the pairs topic.
 *
 * @param partition where it was read
 * @param offset its place there
 * @param decoded the pair, or why it is none
 */
public record PairRecord(TopicPartition partition, long offset, Decoded<Pair> decoded) {
    boolean isPair() {
        return decoded instanceof Decoded.Valid<Pair>;
    }
}

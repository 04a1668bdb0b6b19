package dev.millrace.events.topic;

import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The topics of one installation. Installations that share a broker differ by prefix. */
public final class Topics {
    /** Partitions of pairs, impressions, clicks and documents, unless stated. */
    public static final int DEFAULT_PARTITIONS = 4;

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");
    private static final int ENVELOPE_BYTES = 64 << 10;

    private final String prefix;
    private final int partitions;

    /** Topics with {@link #DEFAULT_PARTITIONS}. */
    public Topics(String prefix) {
        this(prefix, DEFAULT_PARTITIONS);
    }

    /**
     * The topics of a prefix.
     *
     * @param prefix goes before each name: up to 200 of the characters Kafka allows in names, or empty
     * @param partitions of pairs, impressions, clicks and documents alike, since two of them are joined partition by partition
     * @throws IllegalArgumentException when the prefix holds other characters, or partitions is not positive
     */
    public Topics(String prefix, int partitions) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("topic prefix must match " + PREFIX);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("topics need at least 1 partition");
        }
        this.prefix = prefix;
        this.partitions = partitions;
    }

    /** What goes before each name; may be empty. */
    public String prefix() {
        return prefix;
    }

    /** {@link Pair}s by id. */
    public TopicSpec pairs() {
        return events("pairs", Duration.ofDays(30));
    }

    /** {@link Impression}s by id. */
    public TopicSpec impressions() {
        return events("impressions", Duration.ofDays(7));
    }

    /** {@link Click}s by impression id. */
    public TopicSpec clicks() {
        return events("clicks", Duration.ofDays(7));
    }

    /** {@link Document}s by id; a record without a value deletes. */
    public TopicSpec documents() {
        final int maxBytes = Limits.VALUE_BYTES + ENVELOPE_BYTES;
        return new TopicSpec(prefix + "documents", partitions, Duration.ofDays(30), true, maxBytes);
    }

    /** {@link CheckpointEvent}s by channel. */
    public TopicSpec checkpoints() {
        return new TopicSpec(prefix + "checkpoints", 1, Duration.ofDays(1), true, Limits.VALUE_BYTES + ENVELOPE_BYTES);
    }

    /** {@link DeadLetter}s by the original record's key. */
    public TopicSpec deadLetters() {
        final int maxBytes = Limits.DEAD_LETTER_BYTES + ENVELOPE_BYTES;
        return new TopicSpec(prefix + "dead-letters", 1, Duration.ofDays(30), false, maxBytes);
    }

    /** Every topic, the order being the data's way. */
    public List<TopicSpec> all() {
        return List.of(impressions(), clicks(), pairs(), documents(), checkpoints(), deadLetters());
    }

    private TopicSpec events(String name, Duration retention) {
        return new TopicSpec(prefix + name, partitions, retention, false, Limits.VALUE_BYTES + ENVELOPE_BYTES);
    }
}

package dev.millrace.checkpoints.bucket;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A bucket whose n-th write (deletes count) goes wrong: never sent, or done with its answer lost; or one on a server that has
 * its own way with conditions.
 */
public final class FaultyBucket extends ForwardingBucket {
    public enum Fault {
        NOT_SENT,
        ANSWER_LOST
    }

    public enum Conditions {
        KEPT,
        IGNORED,
        IF_MATCH_IGNORED,
        REFUSED;

        private Condition seen(final String key, final Condition asked) {
            if (this == REFUSED && asked != Condition.ALWAYS) {
                throw new BucketException(key + ": the bucket answered 501 NotImplemented");
            }
            final boolean ignored = this == IGNORED || (this == IF_MATCH_IGNORED && asked instanceof Condition.IfMatch);
            return ignored ? Condition.ALWAYS : asked;
        }
    }

    private final Conditions conditions;
    private final Fault fault;
    private final AtomicInteger writesToGo;

    public FaultyBucket(final Bucket bucket, final Fault fault, final int writesToGo) {
        this(bucket, Conditions.KEPT, fault, writesToGo);
    }

    /** No write goes wrong. */
    public FaultyBucket(final Bucket bucket, final Conditions conditions) {
        this(bucket, conditions, Fault.NOT_SENT, Integer.MAX_VALUE);
    }

    private FaultyBucket(final Bucket bucket, final Conditions conditions, final Fault fault, final int writesToGo) {
        super(bucket);
        this.conditions = conditions;
        this.fault = fault;
        this.writesToGo = new AtomicInteger(writesToGo);
    }

    public boolean happened() {
        return writesToGo.get() < 0;
    }

    @Override
    public String put(final String key, final byte[] body, final Condition condition) {
        return write(() -> super.put(key, body, conditions.seen(key, condition)));
    }

    @Override
    public String put(final String key, final Path file, final FileEntry content, final Condition condition) {
        return write(() -> super.put(key, file, content, conditions.seen(key, condition)));
    }

    @Override
    public void delete(final String key) {
        write(() -> {
            super.delete(key);
            return "";
        });
    }

    private String write(final Supplier<String> write) {
        if (writesToGo.getAndDecrement() != 0) {
            return write.get();
        }
        throw new BucketUnavailableException(
                fault == Fault.ANSWER_LOST ? "no answer to what wrote " + write.get() : "not sent");
    }
}

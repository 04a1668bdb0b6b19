package dev.millrace.checkpoints.pointer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.DecisiveWrite;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.bucket.Stored;
import dev.millrace.checkpoints.version.Layout;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Lets one mover at a time replace an object of a given ETag.
 *
 * <p>S3 checks If-Match atomically with the write, but s3proxy 4.1.0 checks before it: of 16 racing writers, five were told
 * that they had won. Its If-None-Match is atomic, so whoever replaces first creates an object named after the ETag to be
 * replaced. If-Match is sent all the same and decides between movers when a guard was left behind by one that died.
 */
record MoveGuard(Bucket bucket) {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int PATIENCE = 250;

    /** Runs the replacement alone; throws PreconditionFailedException when a rival has replaced, or like the replacement. */
    String replacing(final String key, final String etag, final byte[] claim, final Supplier<String> replacement) {
        final String guard = Layout.guard(key, etag);
        try {
            new DecisiveWrite(bucket).put(guard, claim, Condition.IF_ABSENT);
        } catch (PreconditionFailedException rival) {
            throw afterRival(key, etag, guard);
        }
        try {
            return replacement.get();
        } finally {
            release(guard);
        }
    }

    private BucketException afterRival(final String key, final String etag, final String guard) {
        for (int i = 0; i < PATIENCE; i++) {
            // Asked before the object: a guard that is gone by now has let its holder write before the object is read.
            final boolean released = bucket.stat(guard).isEmpty();
            if (!Condition.ifMatch(etag).holdsFor(bucket.get(key).map(Stored::etag))) {
                return new PreconditionFailedException(key);
            }
            if (released) {
                return new BucketUnavailableException(key + ": a rival's move failed, try again");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        bucket.delete(guard);
        return new BucketUnavailableException(key + ": a rival's move was broken off, try again");
    }

    private void release(final String guard) {
        try {
            bucket.delete(guard);
        } catch (BucketUnavailableException left) {
            // The outcome stands: a guard left behind names an ETag that is past, or is cleared by the next mover.
            System.getLogger(MoveGuard.class.getName()).log(System.Logger.Level.WARNING, "left behind: " + guard, left);
        }
    }
}

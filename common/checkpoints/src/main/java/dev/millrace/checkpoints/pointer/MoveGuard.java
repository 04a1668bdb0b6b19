package dev.millrace.checkpoints.pointer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
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
    private static final System.Logger LOG = System.getLogger(MoveGuard.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int PATIENCE = 250;

    /** Runs the replacement alone; throws PreconditionFailedException when a rival has replaced, or like the replacement. */
    String replacing(final String key, final String etag, final byte[] claim, final Supplier<String> replacement) {
        final String guard = Layout.guard(key, etag);
        try {
            new DecisiveWrite(bucket).put(guard, claim, Condition.IF_ABSENT);
        } catch (PreconditionFailedException rival) {
            awaitRival(key, etag, guard);
            if (isRemoved(guard)) {
                throw new BucketUnavailableException(key + ": a rival's move was broken off, try again");
            }
            return replacement.get();
        }
        try {
            return replacement.get();
        } finally {
            release(guard);
        }
    }

    /** Returns when the guard was left behind by a mover that died. */
    private void awaitRival(final String key, final String etag, final String guard) {
        for (int i = 0; i < PATIENCE; i++) {
            // Asked before the object: a guard that is gone by now has let its holder write before the object is read.
            final boolean released = bucket.stat(guard).isEmpty();
            if (!Condition.ifMatch(etag).holdsFor(bucket.get(key).map(Stored::etag))) {
                throw new PreconditionFailedException(key);
            }
            if (released) {
                throw new BucketUnavailableException(key + ": a rival's move failed, try again");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The outcome stands whatever comes of this: a guard left behind names an ETag that is past, or the next mover clears it. */
    private void release(final String guard) {
        try {
            isRemoved(guard);
        } catch (BucketUnavailableException left) {
            LOG.log(System.Logger.Level.WARNING, "left behind: " + guard, left);
        }
    }

    /** Not by keys without the right to delete: If-Match alone decides then, as on any server but s3proxy it may. */
    private boolean isRemoved(final String guard) {
        try {
            bucket.delete(guard);
            return true;
        } catch (BucketAccessDeniedException denied) {
            LOG.log(System.Logger.Level.INFO, "left behind, as the key may not delete: {0}", guard);
            return false;
        }
    }
}

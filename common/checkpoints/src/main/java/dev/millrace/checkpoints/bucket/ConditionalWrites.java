package dev.millrace.checkpoints.bucket;

import java.nio.charset.StandardCharsets;

/**
 * Whether a bucket keeps the conditions of writes, tried on an object of its own. All that versions and pointers promise rests on
 * that; some S3 servers ignore conditions, so that every write succeeds, others refuse them.
 */
public final class ConditionalWrites {
    /** Stays where it is: whoever may not delete leaves no more than this one object. */
    static final String PROBE = "probes/conditional-writes";

    private static final byte[] BODY =
            "Millrace tries here whether conditions are kept.\n".getBytes(StandardCharsets.UTF_8);
    private static final String NO_ETAG = "00000000000000000000000000000000";

    private ConditionalWrites() {}

    /**
     * Three small writes, of which two must fail.
     *
     * @throws ConditionsNotKeptException when the bucket ignores or refuses If-None-Match or If-Match
     */
    public static void require(final Bucket bucket) {
        bucket.put(PROBE, BODY, Condition.ALWAYS);
        requireRefused(bucket, Condition.IF_ABSENT, "If-None-Match: *");
        requireRefused(bucket, Condition.ifMatch(NO_ETAG), "If-Match");
    }

    private static void requireRefused(final Bucket bucket, final Condition condition, final String header) {
        try {
            bucket.put(PROBE, BODY, condition);
        } catch (PreconditionFailedException kept) {
            return;
        } catch (BucketUnavailableException | BucketAccessDeniedException other) {
            throw other;
        } catch (BucketException refused) {
            throw new ConditionsNotKeptException(
                    "the bucket does not take conditional writes (" + header + "): " + refused.getMessage(), refused);
        }
        throw new ConditionsNotKeptException("the bucket does not keep conditional writes: it ignores " + header
                + ", so that two trainers would overwrite each other's versions");
    }
}

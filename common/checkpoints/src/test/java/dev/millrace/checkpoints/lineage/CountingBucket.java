package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.ForwardingBucket;
import java.util.List;

/** Counts listings and what they listed. */
final class CountingBucket extends ForwardingBucket {
    private int listings;
    private long listed;

    CountingBucket(final Bucket bucket) {
        super(bucket);
    }

    int listings() {
        return listings;
    }

    long listed() {
        return listed;
    }

    void forget() {
        listings = 0;
        listed = 0;
    }

    @Override
    public List<Entry> list(final String prefix) {
        final List<Entry> entries = super.list(prefix);
        listings++;
        listed += entries.size();
        return entries;
    }
}

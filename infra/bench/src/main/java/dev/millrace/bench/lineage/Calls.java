package dev.millrace.bench.lineage;

/**
 * What a bucket was asked.
 *
 * @param reads of an object, or of what is known of one
 * @param writes of one
 * @param listings of what begins alike
 * @param listed keys that these brought
 * @param deletions of an object
 */
record Calls(long reads, long writes, long listings, long listed, long deletions) {

    /** Those since an earlier count. */
    Calls since(Calls before) {
        return new Calls(
                reads - before.reads,
                writes - before.writes,
                listings - before.listings,
                listed - before.listed,
                deletions - before.deletions);
    }

    /** How many requests that were. */
    long requests() {
        return reads + writes + listings + deletions;
    }
}

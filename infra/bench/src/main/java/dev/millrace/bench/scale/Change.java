package dev.millrace.bench.scale;

/** What could be otherwise in how trainers meet; none of it exists. */
enum Change {
    /** Who begins to merge says so, and nobody else does while it lives. */
    ONE_MERGES,
    /** Who did not merge fetches the merged weights and their average, and goes on with its own learner. */
    WEIGHTS_ALONE,
    /** A trainer learns its next window while its share is merged, and takes the merged weights over after it. */
    LEARN_ON
}

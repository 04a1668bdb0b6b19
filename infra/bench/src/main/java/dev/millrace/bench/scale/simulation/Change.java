package dev.millrace.bench.scale.simulation;

/** What could be otherwise in how trainers meet. */
public enum Change {
    /** A trainer waits until its share is merged ({@code millrace.round.ahead=false}), as all did once. */
    WAIT,
    /** Who begins to merge says so, and nobody else does while it lives; does not exist. */
    ONE_MERGES,
    /** Who did not merge fetches the merged weights and their average, and goes on with its own learner; does not exist. */
    WEIGHTS_ALONE,
    /** The new head is fetched and loaded beside the window that is learned meanwhile; does not exist. */
    HEAD_BESIDE
}

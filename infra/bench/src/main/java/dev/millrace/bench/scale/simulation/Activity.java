package dev.millrace.bench.scale.simulation;

/** What a trainer's thread does. */
public enum Activity {
    /** It is not there. */
    AWAY,
    /** It takes steps and looks at what they changed. */
    LEARNING,
    /** It makes or merges shares, and examines what was merged. */
    MERGING,
    /** It sends or fetches. */
    MOVING,
    /** It takes a version up. */
    LOADING,
    /** It waits for pairs. */
    GATHERING,
    /** It waits for other trainers, or for a version to be published. */
    WAITING
}

package dev.millrace.encoder.versions.watch;

/** What became of an attempt to move the channel back. */
public enum RollbackOutcome {
    /** It stands where it stood before, held. */
    DONE,
    /** Somebody else moved it first. */
    LOST,
    /** The bucket does not take it; tried again at every look. */
    REFUSED
}

package dev.millrace.encoder.versions;

import dev.millrace.encoder.serving.LiveModel;

/** What became of an attempt to load a version. */
public sealed interface LoadOutcome {
    /** Warmed up, checked, and owned by whoever asked for it. */
    record Ready(LiveModel model) implements LoadOutcome {}

    /** The version itself is at fault: altered, torn, unloadable or giving vectors that are none. */
    record Refused(String version, Fault fault, String reason) implements LoadOutcome {}

    /** The version may be fine, but the bucket or the disk could not give it now. */
    record Unavailable(String version, String reason) implements LoadOutcome {}

    /** It failed before and is not yet due again. */
    record Deferred(String version) implements LoadOutcome {}

    /** The bucket has no such version. */
    record Unknown(String version) implements LoadOutcome {}

    /** What made a version unfit to serve. */
    enum Fault {
        ALTERED,
        UNLOADABLE,
        UNFIT
    }
}

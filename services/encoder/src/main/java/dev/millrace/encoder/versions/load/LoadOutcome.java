package dev.millrace.encoder.versions.load;

import dev.millrace.encoder.serving.LiveModel;
import java.util.concurrent.CompletableFuture;

/** What became of an attempt to load a version. */
public sealed interface LoadOutcome {
    /** Warmed up, checked, and owned by whoever asked for it. */
    record Ready(LiveModel model) implements LoadOutcome {}

    /**
     * The version itself is at fault.
     *
     * @param freed done when nothing is left of the attempt in memory
     */
    record Refused(String version, Fault fault, String reason, CompletableFuture<Void> freed) implements LoadOutcome {}

    /** The version may be fine, but the bucket or the disk could not give it now. */
    record Unavailable(String version, String reason) implements LoadOutcome {}

    /** It failed before and is not yet due again. */
    record Deferred(String version) implements LoadOutcome {}

    /** The bucket has no such version. */
    record Unknown(String version) implements LoadOutcome {}

    /** What made a version unfit to serve. */
    enum Fault {
        /** Not the bytes that its manifest names. */
        ALTERED,
        /** No model that this encoder can load. */
        UNLOADABLE,
        /** Gives vectors that are none, or others than its golden ones. */
        UNFIT,
        /** Was not loaded, or did not encode its first texts, within the limit. */
        HUNG
    }
}

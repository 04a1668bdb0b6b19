package dev.millrace.operator.progress;

import dev.millrace.operator.resource.Encoder;

/** How an encoder does. */
@FunctionalInterface
public interface Progress {
    /** What can be seen at this moment; never fails, since what cannot be seen is a part of the answer. */
    Observation of(Encoder encoder);
}

package dev.millrace.operator.progress;

import dev.millrace.operator.condition.Trouble;
import java.util.List;
import java.util.Optional;

/**
 * What trainers and encoders say.
 *
 * @param served the version that most encoders answer by; empty: none does, or none was asked
 * @param head the lineage's newest version; empty: no trainer has taken it up, or none was asked
 * @param backlog what is not learned yet; empty where not every trainer knows: then nobody may take it for nothing
 * @param troubles what they complain of, the gravest first
 */
public record Observation(
        Optional<String> served, Optional<Head> head, Optional<Backlog> backlog, List<Trouble> troubles) {
    public Observation {
        troubles = List.copyOf(troubles);
    }

    /** Nobody said anything. */
    public static Observation nothing() {
        return new Observation(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}

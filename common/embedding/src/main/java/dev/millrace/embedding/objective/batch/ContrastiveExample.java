package dev.millrace.embedding.objective.batch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What a batch wants to know of an example. */
public interface ContrastiveExample {
    /** From this label on two texts are drawn together; below, the second is pushed from the first. */
    double SIMILAR = 0.5;

    /** The text that is drawn. */
    String anchor();

    /** The text that is with it: where it is drawn to, unless the label says otherwise; empty: a bare text. */
    Optional<String> second();

    /** How similar the two are, in [0, 1]; empty: they belong together. */
    OptionalDouble label();

    /** Texts known not to belong to it: its own hard negatives. */
    List<String> negatives();

    /** Texts of one group are never each other's negatives. */
    Optional<String> group();

    /** Share in the loss, above 0. */
    double weight();

    /** Where the anchor is drawn to; empty: to another view of itself (SimCSE). */
    default Optional<String> positive() {
        return second().filter(text -> label().orElse(1) >= SIMILAR);
    }

    /** Its own hard negatives, a second text whose label says so among them. */
    default List<String> pushedFrom() {
        return Stream.concat(
                        negatives().stream(), second().filter(text -> positive().isEmpty()).stream())
                .distinct()
                .toList();
    }

    /** Its share in the loss of what is drawn and pushed: a graded pair weighs what its label is surer of. */
    default double pull() {
        double similarity = second().isPresent() ? label().orElse(1) : 1;
        return weight() * (similarity >= SIMILAR ? similarity : 1 - similarity);
    }
}

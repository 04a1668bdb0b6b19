package dev.millrace.embedding.objective;

import java.util.List;
import java.util.Optional;

/** What a batch wants to know of an example. */
public interface ContrastiveExample {
    /** The text that is drawn. */
    String anchor();

    /** Where it is drawn to; empty: to another dropout view of itself (SimCSE). */
    Optional<String> positive();

    /** Its own hard negatives. */
    List<String> negatives();

    /** Texts of one group are never each other's negatives. */
    Optional<String> group();

    /** Share in the loss, above 0. */
    double weight();
}

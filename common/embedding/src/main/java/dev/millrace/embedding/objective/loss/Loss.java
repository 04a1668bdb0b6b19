package dev.millrace.embedding.objective.loss;

import java.util.List;
import java.util.OptionalInt;

/** An objective that is not made of others. */
public sealed interface Loss extends Objective permits RowLoss, GradedLoss, TextLoss {
    @Override
    default List<Term> terms() {
        return List.of(new Term(1, OptionalInt.empty(), this));
    }

    @Override
    default int views() {
        return 1;
    }

    /** Whether it can only be computed beside a teacher; without one it is left out. */
    @Override
    default boolean needsTeacher() {
        return false;
    }
}

package dev.millrace.embedding.objective.loss;

import dev.millrace.embedding.files.ModelFolder;
import java.util.List;
import java.util.OptionalInt;

/** An objective that is not made of others. */
public sealed interface Loss extends Objective permits RowLoss, GradedLoss, TextLoss, TokenLoss {
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

    /** Whether it asks what the momentum encoder sees. */
    @Override
    default boolean needsMomentum() {
        return false;
    }

    @Override
    default int queue(int rows) {
        return 0;
    }

    /**
     * What it learns itself.
     *
     * @param dimensions of the vectors that it sees
     */
    default List<Parameter> parameters(ModelFolder model, int dimensions) {
        return List.of();
    }
}

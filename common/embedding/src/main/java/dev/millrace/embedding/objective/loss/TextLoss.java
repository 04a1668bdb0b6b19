package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.NDArray;

/** A loss over single texts, such as how far each lies from where a teacher puts it. */
public non-sealed interface TextLoss extends Loss {
    /**
     * The loss of each text [u], differentiable by {@code vectors}.
     *
     * @param vectors [u, d] unit vectors
     * @param teacher [u, t] the teacher's unit vectors; not asked without a teacher
     */
    NDArray losses(NDArray vectors, NDArray teacher);

    @Override
    default boolean needsTeacher() {
        return true;
    }
}

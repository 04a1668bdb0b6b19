package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.objective.batch.Teacher;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The vectors of a batch as a loss sees them.
 *
 * @param all views times [u, d] unit vectors
 * @param teacher [u, t] unit vectors of the same texts by another encoder
 * @param guide see {@link Teacher#guide}
 */
record Views(NDList all, Optional<NDArray> teacher, OptionalDouble guide) {
    /** All that is made of it goes with {@code scope}; with a graph, {@code vectors} [views * u, d] being its leaf. */
    static Views of(PtNDManager scope, NDArray vectors, int views, Optional<NDArray> teacher, OptionalDouble guide) {
        long texts = vectors.getShape().get(0) / views;
        NDList all = new NDList();
        for (int view = 0; view < views; view++) {
            all.add(slice(scope, vectors, view * texts, (view + 1) * texts));
        }
        return new Views(all, teacher.map(seen -> slice(scope, seen, 0, texts)), guide);
    }

    /** A slice, even of the whole: an array of its own, which belongs to the scope and leads back to the leaf. */
    private static NDArray slice(PtNDManager scope, NDArray rows, long from, long to) {
        NDArray slice = rows.get(new NDIndex("{}:{}", from, to));
        slice.attach(scope);
        return slice;
    }

    NDArray vectors() {
        return all.get(0);
    }

    Views second() {
        return new Views(all.subNDList(1), teacher, guide);
    }

    /** Only the first numbers, as unit vectors again. */
    Views over(OptionalInt dimensions) {
        if (dimensions.isEmpty()) {
            return this;
        }
        NDList cut = new NDList();
        for (NDArray view : all) {
            cut.add(UnitVectors.of(view.get(new NDIndex(":, 0:{}", Math.min(dimensions.getAsInt(), width(view))))));
        }
        return new Views(cut, teacher, guide);
    }

    private static long width(NDArray vectors) {
        return vectors.getShape().get(1);
    }
}

package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The vectors of a batch as a loss sees them.
 *
 * @param all views times [u, d] unit vectors
 * @param beside what there is besides
 */
public record Views(NDList all, Context beside) {
    /** All that is made of it goes with {@code scope}; with a graph, {@code vectors} [views * u, d] being its leaf. */
    public static Views of(PtNDManager scope, NDArray vectors, int views, Context beside) {
        long texts = vectors.getShape().get(0) / views;
        NDList all = new NDList();
        for (int view = 0; view < views; view++) {
            all.add(slice(scope, vectors, view * texts, (view + 1) * texts));
        }
        return new Views(all, beside.within(scope));
    }

    /** A slice, even of the whole: an array of its own, which belongs to the scope and leads back to the leaf. */
    private static NDArray slice(PtNDManager scope, NDArray rows, long from, long to) {
        NDArray slice = rows.get(new NDIndex("{}:{}", from, to));
        slice.attach(scope);
        return slice;
    }

    public NDArray vectors() {
        return all.get(0);
    }

    public Views second() {
        return new Views(all.subNDList(1), beside);
    }

    /** Only the first numbers, as unit vectors again. */
    public Views over(OptionalInt dimensions) {
        if (dimensions.isEmpty()) {
            return this;
        }
        NDList cut = new NDList();
        all.forEach(view -> cut.add(first(view, dimensions.getAsInt())));
        return new Views(cut, beside.cut(vectors -> first(vectors, dimensions.getAsInt())));
    }

    Views behind(UnaryOperator<NDArray> layer) {
        NDList behind = new NDList();
        all.forEach(view -> behind.add(UnitVectors.of(layer.apply(view))));
        return new Views(behind, beside);
    }

    private static NDArray first(NDArray vectors, long dimensions) {
        long width = Math.min(dimensions, vectors.getShape().get(1));
        return UnitVectors.of(vectors.get(new NDIndex(":, 0:{}", width)));
    }
}

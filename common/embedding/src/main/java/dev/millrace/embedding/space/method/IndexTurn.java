package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;

/**
 * Turns the index towards the newer space, and by that the question towards the index: where the older vectors times a matrix come
 * nearest to the newer ones, a newer vector times the transposed matrix is as near to the older ones as it is to those. So it is not
 * the older version's judgement that is kept, but the newer one's, as far as the older vectors tell apart what it does.
 *
 * @param ridge as {@link RidgeMap} has it, here of the older vectors, held to their rotation
 */
public record IndexTurn(double ridge) implements SpaceMethod {
    @Override
    public String name() {
        return "index-turn";
    }

    @Override
    public SpaceAdapter fit(PairedVectors pairs) {
        Means means = Means.of(pairs);
        Matrix from = means.centredFrom(pairs);
        Matrix to = means.centredTo(pairs);
        Matrix index = RidgeMap.held(to, from, OrthogonalProcrustes.rotation(to, from), ridge);
        // Where the means lie adds the same to the nearness of all of the index, so there is no offset.
        return new AffineMap(index.transposed().floats(), new float[pairs.dimensions()]);
    }
}

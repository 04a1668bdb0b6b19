package dev.millrace.embedding.space;

/**
 * From the vectors of one version to those that an older one would have given, so that an index made of the older one's can be
 * searched on. For use by many threads.
 */
@FunctionalInterface
public interface SpaceAdapter {
    /**
     * A vector's place in the older space.
     *
     * @param vector of norm 1, in the newer space
     * @return of norm 1, a new array or the same where nothing changes
     */
    float[] apply(float[] vector);
}

package dev.millrace.embedding.space;

/** One way to find an adapter from vectors of the same texts. What it finds depends on the vectors alone. */
public interface SpaceMethod {
    /** By which it is chosen and reported. */
    String name();

    /** An adapter from the first vectors of the pairs to the second. */
    SpaceAdapter fit(PairedVectors pairs);
}

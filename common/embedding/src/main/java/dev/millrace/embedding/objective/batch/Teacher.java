package dev.millrace.embedding.objective.batch;

import java.util.OptionalDouble;

/**
 * How another encoder sees a batch's texts.
 *
 * @param vectors [u, t] unit vectors, of any number of dimensions
 * @param guide where it is also asked which candidates are none: those that it sees nearer to a row than the row's positive less
 *     this margin are mostly positives nobody labeled (GISTEmbed, Solatorio 2024)
 */
public record Teacher(float[][] vectors, OptionalDouble guide) {
    /** One to learn from, not asked about candidates. */
    public Teacher(float[][] vectors) {
        this(vectors, OptionalDouble.empty());
    }
}

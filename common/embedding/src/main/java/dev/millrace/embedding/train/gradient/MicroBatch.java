package dev.millrace.embedding.train.gradient;

import dev.millrace.embedding.text.Cutoff;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.PackedBatch;

/**
 * Texts of a batch that are encoded together.
 *
 * @param packed the texts
 * @param kept what of their embeddings is not cut off, see {@link Cutoff#kept}
 * @param from place of its first text in {@link MicroBatches#order()}
 * @param to place after its last
 * @param seed of its dropout; encoded again with the same seed, it gives the same vectors
 */
public record MicroBatch(PackedBatch packed, byte[] kept, int from, int to, long seed) {}

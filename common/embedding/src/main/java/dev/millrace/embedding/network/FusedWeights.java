package dev.millrace.embedding.network;

import ai.djl.pytorch.jni.IValue;

/**
 * Weights ready for inference, as one argument that is handed to every call: wrapping them anew costs a single query more
 * than its tokenization.
 *
 * @param list of tensors, in the order of {@code encoder.torchscript}'s {@code fuse}
 * @param route by which they are multiplied, see {@link Graph}
 */
public record FusedWeights(IValue list, long route) implements AutoCloseable {
    @Override
    public void close() {
        list.close();
    }
}

package dev.millrace.client.encoder;

import java.util.List;

/**
 * Vectors of one version. Those of two versions may be compared if, and only if, their spaces are the same.
 *
 * @param version that made them, such as {@code v000012-3f9a01bc}
 * @param space of the version
 * @param vectors in the order of the texts, each of length 1
 * @param promptTokens read by the model, all texts together
 */
public record Embeddings(String version, String space, List<float[]> vectors, long promptTokens) {
    public Embeddings {
        vectors = List.copyOf(vectors);
    }
}

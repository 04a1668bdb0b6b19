package dev.millrace.encoder.request;

import java.util.List;

/** Vectors of one version, whole; they are cut to {@code dimensions} as they are asked for. */
public record EmbeddingsAnswer(VersionInfo version, List<float[]> vectors, int dimensions, int promptTokens) {
    /** The vector of a text, by its place in the request: {@code dimensions} numbers of norm 1. */
    public float[] vector(int index) {
        return Matryoshka.cut(vectors.get(index), dimensions);
    }

    /** How many there are. */
    public int size() {
        return vectors.size();
    }
}

package dev.millrace.encoder.serving;

import dev.millrace.encoder.serving.EmbeddingsRequest.Encoding;
import java.util.List;

/** Vectors of one version, whole; they are cut to {@code dimensions} as they are written. */
public record EmbeddingsAnswer(
        VersionInfo version, List<float[]> vectors, int dimensions, Encoding encoding, int promptTokens) {}

package dev.millrace.encoder.request;

import dev.millrace.encoder.request.EmbeddingsRequest.Encoding;
import java.util.List;

/** Vectors of one version, whole; they are cut to {@code dimensions} as they are written. */
public record EmbeddingsAnswer(
        VersionInfo version, List<float[]> vectors, int dimensions, Encoding encoding, int promptTokens) {}

package dev.millrace.embedding.model.plan;

import java.util.EnumMap;
import java.util.Map;

/**
 * A transformer layer.
 *
 * @param attention first half
 * @param forward second half
 * @param norms of both
 */
public record Layer(Attention attention, FeedForward forward, Norms norms) {
    /** All that has parameters, in their order, without the layer's own place before their names. */
    Map<Place, Part> parts() {
        Map<Place, Part> parts = new EnumMap<>(attention.parts());
        parts.putAll(forward.parts());
        parts.putAll(norms.parts());
        return parts;
    }
}

package dev.millrace.embedding.model.plan;

import java.util.Map;

/** A layer's feed-forward network. */
public sealed interface FeedForward {
    /** The matrices by their places in a layer. */
    Map<Place, Part> parts();

    /** outer(activation(inner(x))). */
    record Plain(Part inner, Part outer) implements FeedForward {
        @Override
        public Map<Place, Part> parts() {
            return Map.of(Place.INNER, inner, Place.OUTER, outer);
        }
    }

    /** outer(activation(gate(x)) inner(x)), value by value (Shazeer 2020, "GLU Variants Improve Transformer"). */
    record Gated(Part gate, Part inner, Part outer) implements FeedForward {
        @Override
        public Map<Place, Part> parts() {
            return Map.of(Place.GATE, gate, Place.INNER, inner, Place.OUTER, outer);
        }
    }

    /**
     * The same with gate and inner as one matrix.
     *
     * @param both [2 intermediate, hidden]
     * @param gateFirst which half is put through the activation
     */
    record GatedAsOne(Part both, boolean gateFirst, Part outer) implements FeedForward {
        @Override
        public Map<Place, Part> parts() {
            return Map.of(Place.INNER, both, Place.OUTER, outer);
        }
    }
}

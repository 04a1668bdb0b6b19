package dev.millrace.embedding.model.plan;

import java.util.Map;

/** How a token's query, key and value are made. */
public sealed interface Projection {
    /** The matrices by their places in a layer. */
    Map<Place, Part> parts();

    /** By three matrices. */
    record Separate(Part query, Part key, Part value) implements Projection {
        @Override
        public Map<Place, Part> parts() {
            return Map.of(Place.QUERY, query, Place.KEY, key, Place.VALUE, value);
        }
    }

    /** By one matrix: queries of all heads, keys of all heads, values. */
    record Packed(Part all) implements Projection {
        @Override
        public Map<Place, Part> parts() {
            return Map.of(Place.QUERY, all);
        }
    }
}

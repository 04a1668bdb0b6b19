package dev.millrace.embedding.model.plan;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A layer's attention.
 *
 * @param projection to query, key and value
 * @param output from all heads back to a token
 * @param headNorms of each head's query and key (Henry et al. 2020); of one head's width
 * @param rotation of query and key; empty: positions are in the embeddings or in a bias
 * @param window how many tokens away a token is seen at most, on either side; empty: all of the text is
 */
public record Attention(
        Projection projection,
        Part output,
        Optional<HeadNorms> headNorms,
        Optional<Rotation> rotation,
        OptionalInt window) {

    /** Norms of a head's query and key. */
    public record HeadNorms(Part query, Part key) {}

    /** Of whole texts, without anything that tells positions. */
    public static Attention of(Projection projection, Part output) {
        return new Attention(projection, output, Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    /** The same with norms of its heads. */
    public Attention with(HeadNorms norms) {
        return new Attention(projection, output, Optional.of(norms), rotation, window);
    }

    /** The same with rotary positions. */
    public Attention with(Rotation turning) {
        return new Attention(projection, output, headNorms, Optional.of(turning), window);
    }

    /** The same within a window, or not. */
    public Attention within(OptionalInt tokens) {
        return new Attention(projection, output, headNorms, rotation, tokens);
    }

    Map<Place, Part> parts() {
        Map<Place, Part> parts = new EnumMap<>(projection.parts());
        parts.put(Place.ATTENDED, output);
        headNorms.ifPresent(norms -> {
            parts.put(Place.QUERY_NORM, norms.query());
            parts.put(Place.KEY_NORM, norms.key());
        });
        return parts;
    }
}

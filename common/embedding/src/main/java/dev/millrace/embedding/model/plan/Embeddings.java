package dev.millrace.embedding.model.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes a token's vector before the first layer: its word's, times scale, its position's and its type's, which is always
 * the first, added up and normalized.
 *
 * @param words [vocabulary, hidden]; the first of all parameters
 * @param scale what words are multiplied by
 * @param positions a row for each, where there is such a table
 * @param types where texts are of types
 * @param norm where there is one
 */
public record Embeddings(
        Part words, double scale, Optional<Positions> positions, Optional<Part> types, Optional<Part> norm) {

    /**
     * Learned positions.
     *
     * @param table [positions, hidden]
     * @param first row that a text's first token takes, at least 0
     */
    public record Positions(Part table, int first) {
        /** Longest text in tokens. */
        public int tokens() {
            return Math.toIntExact(table.shape().get(0)) - first;
        }
    }

    /** Of words alone. */
    public static Embeddings of(Part words) {
        return new Embeddings(words, 1, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same, words multiplied. */
    public Embeddings times(double factor) {
        return new Embeddings(words, factor, positions, types, norm);
    }

    /** The same with learned positions. */
    public Embeddings with(Positions table) {
        return new Embeddings(words, scale, Optional.of(table), types, norm);
    }

    /** The same with a table of types, or without. */
    public Embeddings typed(Optional<Part> table) {
        return new Embeddings(words, scale, positions, table, norm);
    }

    /** The same, normalized. */
    public Embeddings normed(Part by) {
        return new Embeddings(words, scale, positions, types, Optional.of(by));
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>(List.of(words));
        positions.map(Positions::table).ifPresent(parts::add);
        types.ifPresent(parts::add);
        norm.ifPresent(parts::add);
        return parts;
    }
}

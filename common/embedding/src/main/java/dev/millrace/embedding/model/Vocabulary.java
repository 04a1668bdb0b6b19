package dev.millrace.embedding.model;

import java.util.Optional;
import java.util.Set;

/**
 * What a tokenizer says of its ids.
 *
 * @param size ids below it are the model's
 * @param mask stands for a token that is hidden; empty: the tokenizer has none
 * @param special ids that stand for no part of a text
 */
public record Vocabulary(int size, Optional<Integer> mask, Set<Integer> special) {
    public Vocabulary {
        special = Set.copyOf(special);
    }
}

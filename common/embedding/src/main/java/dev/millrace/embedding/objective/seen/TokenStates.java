package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.objective.loss.Loss;
import dev.millrace.embedding.objective.loss.TokenLoss;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link TokenLoss} sees of m hidden tokens.
 *
 * @param states [m, d] what the top layer makes of the tokens in their place
 * @param words [v, d] the table of word embeddings
 * @param wanted [m, 1] int64, the ids that belong there
 * @param parameters the loss's own, by name
 * @param config the encoder's architecture
 */
public record TokenStates(
        NDArray states, NDArray words, NDArray wanted, Map<String, NDArray> parameters, ModelConfig config) {

    /** One of the loss's own {@link Loss#parameters}; empty where it has none of this name. */
    public Optional<NDArray> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}

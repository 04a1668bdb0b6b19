package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.model.Vocabulary;
import dev.millrace.embedding.objective.seen.TokenStates;
import dev.millrace.embedding.text.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An auxiliary loss over tokens: it hides some of a text, and sees the states that the encoder has where they were. The mean over
 * all hidden tokens of a batch. It costs a pass of its own, and a gradient of the whole word table.
 */
public non-sealed interface TokenLoss extends Loss {
    /**
     * A text as it is shown to the encoder.
     *
     * @param shown of the same length
     * @param hidden places of tokens that are to be found
     * @param wanted the ids that belong there
     */
    record Hidden(Tokens shown, List<Integer> hidden, List<Integer> wanted) {}

    /** Hides tokens; the same of the same text and state of {@code random}. */
    Hidden hide(Tokens text, Vocabulary vocabulary, SplittableRandom random);

    /** [m] the loss of each hidden token, differentiable by all that {@code seen} holds. */
    NDArray losses(TokenStates seen);

    /** Why it can do nothing with such a vocabulary; empty where it can. */
    Optional<String> refusal(Vocabulary vocabulary);
}

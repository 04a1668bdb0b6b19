package dev.millrace.embedding.objective.token;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.Vocabulary;
import dev.millrace.embedding.objective.loss.Parameter;
import dev.millrace.embedding.objective.loss.TokenLoss;
import dev.millrace.embedding.objective.seen.TokenStates;
import dev.millrace.embedding.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Masked language modelling (Devlin et al. 2019), to be added (SimCSE's {@code do_mlm}): cross entropy of tokens that were
 * hidden, of which 80 % are shown as the mask, 10 % as any word, and 10 % as they are. By the folder's own head where it has
 * one, else by the word embeddings and a bias.
 *
 * @param share of a text's tokens that are hidden, (0, 1)
 */
public record MaskedLanguageModel(double share) implements TokenLoss {
    private static final double AS_MASK = .8;
    private static final double AS_ANY = .9;

    @Override
    public String name() {
        return "mlm";
    }

    @Override
    public Optional<String> refusal(Vocabulary vocabulary) {
        return vocabulary.mask().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "the objective mlm wants a tokenizer that can hide a token, and tokenizer.json has neither [MASK] nor <mask>");
    }

    @Override
    public List<Parameter> parameters(ModelFolder model, int dimensions) {
        return WordHead.of(model).parameters();
    }

    @Override
    public Hidden hide(Tokens text, Vocabulary vocabulary, SplittableRandom random) {
        int[] shown = text.ids().clone();
        List<Integer> hidden = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            if (!vocabulary.special().contains(shown[i]) && random.nextDouble() < share) {
                hidden.add(i);
                wanted.add(shown[i]);
                shown[i] = shown(shown[i], vocabulary, random);
            }
        }
        return new Hidden(new Tokens(shown, text.truncated()), hidden, wanted);
    }

    private static int shown(int id, Vocabulary vocabulary, SplittableRandom random) {
        double chance = random.nextDouble();
        if (chance < AS_MASK) {
            return vocabulary.mask().orElseThrow();
        }
        return chance < AS_ANY ? random.nextInt(vocabulary.size()) : id;
    }

    @Override
    public NDArray losses(TokenStates seen) {
        return WordHead.scores(seen)
                .logSoftmax(1)
                .gather(seen.wanted(), 1)
                .squeeze(1)
                .neg();
    }
}

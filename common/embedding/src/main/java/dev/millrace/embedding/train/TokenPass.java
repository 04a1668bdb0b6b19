package dev.millrace.embedding.train;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.TokenizerFile;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.Vocabulary;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.objective.loss.Term;
import dev.millrace.embedding.objective.loss.TokenLoss;
import dev.millrace.embedding.objective.loss.TokenLoss.Hidden;
import dev.millrace.embedding.objective.loss.TokenLosses;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.train.gradient.DeviceShare;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.MicroBatch;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A pass over a batch for an auxiliary loss of tokens: texts are encoded with some tokens hidden. No gradient caching is needed,
 * since each token's loss is its own.
 *
 * @param loss what it is for
 * @param weight what the loss is multiplied by
 * @param vocabulary of the encoder
 * @param config its architecture
 */
record TokenPass(TokenLoss loss, double weight, Vocabulary vocabulary, ModelConfig config) {
    /** Of a step's seed, so that this pass shares no dropout mask with the others. */
    private static final long PART = 1L << 40;

    /**
     * One for each auxiliary loss of an objective.
     *
     * @throws IllegalArgumentException when it can do nothing with this model's vocabulary
     */
    static List<TokenPass> of(Objective objective, ModelFolder model) {
        return objective.terms().stream()
                .filter(term -> term.loss() instanceof TokenLoss)
                .map(term -> of(term, TokenizerFile.read(model).vocabulary(), model.config()))
                .toList();
    }

    private static TokenPass of(Term term, Vocabulary vocabulary, ModelConfig config) {
        TokenLoss loss = (TokenLoss) term.loss();
        loss.refusal(vocabulary).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new TokenPass(loss, term.weight(), vocabulary, config);
    }

    /** Adds the gradient to the shares' leaves and returns the loss; a micro-batch holds at most {@code tokenBudget}. */
    double backward(DeviceShares shares, List<Tokens> texts, long stepSeed, int tokenBudget) {
        long seed = DropoutBytes.seed(stepSeed, PART);
        SplittableRandom random = new SplittableRandom(seed);
        List<Hidden> all =
                texts.stream().map(text -> loss.hide(text, vocabulary, random)).toList();
        int hidden = all.stream().mapToInt(text -> text.hidden().size()).sum();
        if (hidden == 0) {
            return 0;
        }
        List<Tokens> shown = all.stream().map(Hidden::shown).toList();
        MicroBatches micro = MicroBatches.forTraining(shown, tokenBudget, shares.count());
        double found = shares.learn(micro, shown, seed, (share, part) -> {
            List<Hidden> here = IntStream.range(part.from(), part.to())
                    .mapToObj(place -> all.get(micro.order()[place]))
                    .toList();
            return backward(share, part, here, weight / hidden);
        });
        if (!Double.isFinite(found)) {
            throw new NonFiniteStepException("the loss of " + loss.name() + " is " + found);
        }
        return found;
    }

    private double backward(DeviceShare share, MicroBatch part, List<Hidden> texts, double each) {
        int[] starts = new int[texts.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + texts.get(i - 1).shown().length();
        }
        long[] places = IntStream.range(0, starts.length)
                .flatMap(i -> texts.get(i).hidden().stream().mapToInt(place -> starts[i] + place))
                .asLongStream()
                .toArray();
        if (places.length == 0) {
            return 0;
        }
        long[] wanted = texts.stream()
                .flatMap(text -> text.wanted().stream())
                .mapToLong(Integer::longValue)
                .toArray();
        TokenLosses losses = new TokenLosses(loss, config);
        return share.learn(part, (scope, leaves) -> losses.backward(scope, leaves, places, wanted, each));
    }
}

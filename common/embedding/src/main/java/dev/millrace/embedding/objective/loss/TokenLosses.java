package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.objective.seen.Context;
import dev.millrace.embedding.objective.seen.TokenStates;
import dev.millrace.embedding.torch.Scalars;
import dev.millrace.embedding.torch.TorchModule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The value and the gradient of an auxiliary loss over the hidden tokens of one micro-batch, block by block. */
public final class TokenLosses {
    /** Some 300 MB of scores and what becomes of them. */
    private static final int CELLS = 1 << 24;

    private final TokenLoss loss;
    private final ModelConfig config;

    /** Of a loss beside an encoder. */
    public TokenLosses(TokenLoss loss, ModelConfig config) {
        this.loss = loss;
        this.config = config;
    }

    /**
     * What is differentiated by.
     *
     * @param states [t, d] what the encoder makes of a micro-batch's tokens
     * @param words [v, d] the table of word embeddings
     * @param parameters the objective's own, by name
     */
    public record Leaves(NDArray states, NDArray words, Map<String, NDArray> parameters) {
        private Leaves within(PtNDManager scope) {
            Map<String, NDArray> own = new HashMap<>();
            parameters.forEach((name, leaf) -> own.put(name, Context.seen(scope, leaf)));
            return new Leaves(Context.seen(scope, states), Context.seen(scope, words), own);
        }
    }

    /**
     * Adds the gradient to that of the leaves and returns the loss.
     *
     * @param places of the hidden tokens, as rows of the states
     * @param wanted the ids that belong there
     * @param share of each hidden token in the loss
     */
    public double backward(PtNDManager scope, Leaves leaves, long[] places, long[] wanted, double share) {
        int block = Math.max(1, CELLS / config.vocabulary());
        double sum = 0;
        for (int from = 0; from < places.length; from += block) {
            int to = Math.min(places.length, from + block);
            sum += block(
                    scope, leaves, Arrays.copyOfRange(places, from, to), Arrays.copyOfRange(wanted, from, to), share);
        }
        return sum;
    }

    private double block(PtNDManager scope, Leaves leaves, long[] places, long[] wanted, double share) {
        try (PtNDManager part = TorchModule.scope(scope)) {
            JniUtils.setGradMode(true);
            Leaves here = leaves.within(part);
            NDArray states = here.states().get(new NDIndex("{}", part.create(places)));
            NDArray losses = loss.losses(new TokenStates(
                    states, here.words(), part.create(wanted).expandDims(1), here.parameters(), config));
            PtNDArray value = (PtNDArray) Scalars.times(losses.sum(), share);
            JniUtils.backward(value, (PtNDArray) part.ones(value.getShape()), false, false);
            return value.getFloat();
        } finally {
            JniUtils.setGradMode(false);
        }
    }
}

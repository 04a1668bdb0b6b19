package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.Tokens;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The gradient of a loss over the whole batch in the memory of one micro-batch a device (Gao et al. 2021, "Scaling Deep
 * Contrastive Learning Batch Size under Memory Limited Setup", GradCache): encode without a graph, differentiate the loss
 * by the vectors, then encode each micro-batch again with a graph, the same dropout replayed, and push its share of that
 * gradient through. Where several devices share the batch, the loss sees the vectors of all, and its gradient goes back to
 * all (SimCSE's all_gather with full gradients).
 */
public final class GradientCache {
    private final DeviceShares shares;
    private final Losses losses;

    /** For one step. */
    public GradientCache(DeviceShares shares, Losses losses) {
        this.shares = shares;
        this.losses = losses;
    }

    /**
     * Leaves the gradient in the shares' leaves and returns the loss; a micro-batch holds at most {@code tokenBudget}.
     *
     * @throws NonFiniteStepException when the loss is not finite
     */
    public double backward(TrainingBatch batch, long seed, int tokenBudget) {
        List<Tokens> texts = Collections.nCopies(losses.views(), batch.texts()).stream()
                .flatMap(List::stream)
                .toList();
        MicroBatches micro = MicroBatches.forTraining(texts, tokenBudget, shares.count());
        PtNDArray vectors = shares.vectors(micro, texts, seed);
        vectors.setRequiresGradient(true);
        OptionalDouble loss = losses.backward(shares.scope(), batch, vectors, shares.parameters());
        if (loss.isPresent() && !Double.isFinite(loss.getAsDouble())) {
            throw new NonFiniteStepException("the loss is " + loss.getAsDouble());
        }
        NDArray gradient = loss.isPresent() ? vectors.getGradient() : vectors.zerosLike();
        shares.push(shares.rows(
                gradient, Arrays.stream(micro.order()).asLongStream().toArray()));
        return loss.orElse(0);
    }
}

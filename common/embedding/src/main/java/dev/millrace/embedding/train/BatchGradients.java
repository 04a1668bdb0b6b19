package dev.millrace.embedding.train;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.optim.rule.Gradients;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TokenBudget;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.Differentiation;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import java.util.List;
import java.util.Optional;

/** The gradients of batches, each of whatever size, in the memory of one micro-batch a device. */
final class BatchGradients {
    private final LearnedPart part;
    private final Replicas replicas;
    private final Optional<MomentumEncoder> momentum;
    private final TrainingOptions training;
    private final ModelFolder model;
    private final TokenBudget budget;
    private final List<TokenPass> auxiliary;
    private final LongestText longest;

    /** Of what learns of these replicas. */
    BatchGradients(
            LearnedPart part,
            Replicas replicas,
            Optional<MomentumEncoder> momentum,
            EncoderOptions options,
            TrainingOptions training) {
        this.part = part;
        this.replicas = replicas;
        this.momentum = momentum;
        this.training = training;
        model = replicas.first().graph().model();
        budget = new TokenBudget(Math.min(options.tokenBudget(), DropoutBytes.mostTokens(model.config())));
        auxiliary = TokenPass.of(training.objective(), model);
        longest = LongestText.here(model.config(), options, training);
    }

    /**
     * What was found.
     *
     * @param batch with what the momentum encoder saw of it, where there is one
     * @param loss of all of it
     * @param gradients of what learns
     */
    record Found(TrainingBatch batch, double loss, Gradients gradients) {}

    /** Why no batch can have this text, if so. */
    Optional<String> refusal(Tokens text) {
        return longest.refusal(text);
    }

    /** Loss and gradients, which lie in {@code scope}. */
    Found of(PtNDManager scope, TrainingBatch batch, long seed) {
        longest.require(batch.texts());
        VocabularyRows rows = auxiliary.isEmpty()
                ? VocabularyRows.of(batch.texts())
                : VocabularyRows.all(model.config().vocabulary());
        TrainingBatch renumbered = rows.renumber(batch);
        Optional<NDArray> ids = part.differentiates(0) ? Optional.of(scope.create(rows.asLongs())) : Optional.empty();
        return budget.fit(tokens -> {
            TrainingBatch seen = momentum.map(encoder -> renumbered.with(encoder.see(renumbered, rows, tokens)))
                    .orElse(renumbered);
            try (DeviceShares shares = replicas.shares(rows, asked())) {
                double loss = loss(shares, seen, seed, tokens);
                return new Found(seen, loss, new Gradients(part.gradients(scope, shares.gradients(scope)), ids));
            }
        });
    }

    private Differentiation asked() {
        return new Differentiation(part::differentiates, training.checkpointing());
    }

    private double loss(DeviceShares shares, TrainingBatch batch, long seed, int tokens) {
        double loss = new GradientCache(shares, new Losses(training.objective())).backward(batch, seed, tokens);
        for (TokenPass pass : auxiliary) {
            loss += pass.backward(shares, batch.texts(), seed, tokens);
        }
        return loss;
    }
}

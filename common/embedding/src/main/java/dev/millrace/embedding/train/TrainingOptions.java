package dev.millrace.embedding.train;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.adapter.Adapter;
import dev.millrace.embedding.adapter.AdapterSettings;
import dev.millrace.embedding.adapter.MergedWeights;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.objective.loss.Term;
import dev.millrace.embedding.objective.loss.TokenLoss;
import dev.millrace.embedding.optim.Anchoring;
import dev.millrace.embedding.optim.Optimization;
import dev.millrace.embedding.optim.Storage;
import dev.millrace.embedding.optim.rule.Optimizer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What of an encoder learns, how, and under how much dropout.
 *
 * @param frozenDepth what stays as it is, from the input on: 0 nothing, 1 the embeddings, 1 + n the n lowest layers as well;
 *     at most the number of layers, so that something learns
 * @param dropout share of hidden values and of attention weights dropped in training, [0,1); empty: as {@code config.json}
 *     says
 * @param optimization what moves the weights
 * @param checkpointing keeps one layer's activations instead of all and computes the others again: a third more arithmetic
 * @param objective what is learned
 * @param storage how what is learned is kept
 * @param adapter what learns beside the weights, in the layers that are not frozen; empty: the weights themselves
 */
public record TrainingOptions(
        int frozenDepth,
        OptionalDouble dropout,
        Optimization optimization,
        boolean checkpointing,
        Objective objective,
        Storage storage,
        Optional<AdapterSettings> adapter) {
    /** Everything learns InfoNCE at temperature .05 by AdamW, dropout is the model's own, and all is kept as it is. */
    public static final TrainingOptions DEFAULT = new TrainingOptions(
            0, OptionalDouble.empty(), Optimization.DEFAULT, false, new InfoNce(.05), Storage.FULL, Optional.empty());

    /** Checks the ranges. */
    public TrainingOptions {
        if (frozenDepth < 0) {
            throw new IllegalArgumentException("frozenDepth must not be negative, but is " + frozenDepth);
        }
        if (dropout.isPresent() && !(dropout.getAsDouble() >= 0 && dropout.getAsDouble() < 1)) {
            throw new IllegalArgumentException("dropout must lie in [0, 1), not " + dropout.getAsDouble());
        }
        if (adapter.isPresent() && optimization.anchoring().share() > 0) {
            throw new IllegalArgumentException(
                    "with an adapter the base has no share in what is published: alpha says how much the adapter counts");
        }
    }

    /** The same with another frozen depth. */
    public TrainingOptions with(int otherFrozenDepth) {
        return new TrainingOptions(otherFrozenDepth, dropout, optimization, checkpointing, objective, storage, adapter);
    }

    /** The same with another optimizer. */
    public TrainingOptions with(Optimizer other) {
        return with(new Optimization(other, optimization.anchoring()));
    }

    /** The same, held otherwise. */
    public TrainingOptions with(Anchoring other) {
        return with(new Optimization(optimization.optimizer(), other));
    }

    private TrainingOptions with(Optimization other) {
        return new TrainingOptions(frozenDepth, dropout, other, checkpointing, objective, storage, adapter);
    }

    /** The same with another objective. */
    public TrainingOptions with(Objective other) {
        return new TrainingOptions(frozenDepth, dropout, optimization, checkpointing, other, storage, adapter);
    }

    /** The same with dropout given, [0,1). */
    public TrainingOptions withDropout(double share) {
        return new TrainingOptions(
                frozenDepth, OptionalDouble.of(share), optimization, checkpointing, objective, storage, adapter);
    }

    /** The same with or without activation checkpointing. */
    public TrainingOptions withCheckpointing(boolean on) {
        return new TrainingOptions(frozenDepth, dropout, optimization, on, objective, storage, adapter);
    }

    /** The same, kept otherwise. */
    public TrainingOptions with(Storage other) {
        return new TrainingOptions(frozenDepth, dropout, optimization, checkpointing, objective, other, adapter);
    }

    /** What of this model learns; {@code manager} is to own it. */
    LearnedPart part(PtNDManager manager, ModelFolder model) {
        int frozenLayers = Math.max(0, frozenDepth - 1);
        return adapter.<LearnedPart>map(
                        settings -> new AdaptedWeights(Adapter.of(manager, model, settings, frozenLayers)))
                .orElseGet(() -> new WholeWeights(
                        model.folder(),
                        model.config().parameters(),
                        MergedWeights.of(manager, model),
                        model.config().frozen(frozenDepth)));
    }

    /** The same where an adapter learns. */
    public TrainingOptions with(AdapterSettings beside) {
        return new TrainingOptions(
                frozenDepth, dropout, optimization, checkpointing, objective, storage, Optional.of(beside));
    }

    /** A hidden word is no neighbour's to find where no layer brings words together. */
    private void refuseLossesOfTokens() {
        for (Term term : objective.terms()) {
            if (term.loss() instanceof TokenLoss loss) {
                throw new IllegalArgumentException("the objective " + loss.name()
                        + " wants a model with layers: without, no word says anything about another");
            }
        }
    }

    ModelFolder applyTo(ModelFolder model) {
        if (frozenDepth > model.config().layers()) {
            throw new IllegalArgumentException("frozenDepth must be at most the model's "
                    + model.config().layers() + " layers, not " + frozenDepth);
        }
        if (model.config().isStatic()) {
            refuseLossesOfTokens();
        }
        return dropout.isPresent() ? model.withDropout(dropout.getAsDouble()) : model;
    }
}

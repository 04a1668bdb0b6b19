package dev.millrace.trainer.learning;

import java.util.SortedMap;

/**
 * Decides whether a version may be promoted. Before and after are measured on the same held-out pairs; what versions lose
 * one after the other adds up to a deficit until one is promoted, so a slow decline does not slip through.
 */
final class Gate {
    private final GateConfig config;

    Gate(GateConfig config) {
        this.config = config;
    }

    boolean trusts(SortedMap<String, Double> figures, LearningState state) {
        boolean measurable = figures.get("pairs") >= config.minHeldOut();
        double loss = measurable ? figures.get("before.hit@1") - figures.get("hit@1") : 0;
        double deficit = Math.max(0, state.deficit() + loss);
        figures.put("deficit", deficit);
        double noise = config.noise() / Math.sqrt(Math.max(1, figures.get("pairs")));
        boolean trusted = deficit <= Math.max(config.tolerance(), noise);
        // A promoted version becomes the new reference, yet a loss within tolerance still counts against the next one.
        state.deficit(deficit);
        return trusted;
    }
}

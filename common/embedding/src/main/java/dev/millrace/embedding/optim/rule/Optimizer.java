package dev.millrace.embedding.optim.rule;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.Locale;
import java.util.function.BiFunction;

/** The optimizers to choose from: a new one is one class and one line here. */
public enum Optimizer {
    /** Loshchilov and Hutter 2019, as {@code torch.optim.AdamW}: two moments, each as large as the weights. */
    ADAMW(AdamW::new),
    /**
     * Shazeer and Stern 2018, as {@code torch.optim.Adafactor}: row and column means instead of moments. The learning rate
     * is relative to a weight's root mean square.
     */
    ADAFACTOR(Adafactor::new);

    // A constructor's reference has no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<PtNDManager, LearnedWeights, UpdateRule> rule;

    Optimizer(BiFunction<PtNDManager, LearnedWeights, UpdateRule> rule) {
        this.rule = rule;
    }

    public UpdateRule rule(PtNDManager manager, LearnedWeights weights) {
        return rule.apply(manager, weights);
    }

    /** The name in configurations and files: lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

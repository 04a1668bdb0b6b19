package dev.millrace.embedding.optim.rule;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AdamW (Loshchilov and Hutter 2019): one fused call for the weights that decay and one for the others. */
final class AdamW implements UpdateRule {
    private static final String FIRST = "first";
    private static final String SECOND = "second";

    private final TorchModule module;
    private final LearnedWeights weights;
    private final OptimizerState state;
    private final Optional<TableGradient> table;

    AdamW(PtNDManager manager, LearnedWeights weights) {
        this.weights = weights;
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("AdamW", "adamw.torchscript", Map.of("training", true)));
        state = new OptimizerState(manager, weights);
        for (int i = 0; i < weights.names().size(); i++) {
            state.add(FIRST, i, weights.array(i).getShape());
            state.add(SECOND, i, weights.array(i).getShape());
        }
        table = weights.wordTable() ? Optional.of(new TableGradient(manager, weights.array(0))) : Optional.empty();
    }

    @Override
    public OptimizerState state() {
        return state;
    }

    @Override
    public void update(PtNDManager scope, Gradients gradients, double learningRate, double weightDecay) {
        try {
            Gradients whole = table.map(words -> words.spread(scope, gradients)).orElse(gradients);
            update(scope, whole, weights.where(weights::decays), new float[] {(float) learningRate, (float) weightDecay
            });
            update(scope, whole, weights.where(i -> !weights.decays(i)), new float[] {(float) learningRate, 0});
        } finally {
            table.ifPresent(words -> words.clear(scope, gradients));
        }
    }

    private void update(PtNDManager scope, Gradients gradients, List<Integer> chosen, float[] settings) {
        // DJL hands over no list without arrays.
        if (chosen.isEmpty()) {
            return;
        }
        NDList arguments = weights.arguments(gradients, chosen);
        arguments.addAll(TorchModule.named("m[]", state.of(FIRST, chosen)));
        arguments.addAll(TorchModule.named("v[]", state.of(SECOND, chosen)));
        arguments.addAll(TorchModule.named("t[]", state.of(OptimizerState.STEPS, chosen)));
        arguments.add(scope.create(settings));
        module.call("update", false, scope, arguments);
    }

    @Override
    public void close() {
        table.ifPresent(TableGradient::close);
        module.close();
    }
}

package dev.millrace.embedding.optim.rule;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Adafactor (Shazeer and Stern 2018) with the settings of {@code torch.optim.Adafactor}: of a matrix's squared gradients the
 * means of rows and columns, of a vector's all, no first moment. The word table is updated in the rows that a batch touches,
 * which is the same, as an update is zero where the gradient is.
 */
final class Adafactor implements UpdateRule {
    private static final String ROW = "row";
    private static final String COLUMN = "column";
    private static final String VARIANCE = "variance";

    private final TorchModule module;
    private final LearnedWeights weights;
    private final OptimizerState state;

    Adafactor(PtNDManager manager, LearnedWeights weights) {
        this.weights = weights;
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Adafactor", "adafactor.torchscript", Map.of("training", true)));
        state = new OptimizerState(manager, weights);
        for (int i = 0; i < weights.names().size(); i++) {
            Shape shape = weights.array(i).getShape();
            if (weights.isMatrix(i)) {
                state.add(ROW, i, new Shape(shape.get(0), 1));
                state.add(COLUMN, i, new Shape(1, shape.get(1)));
            } else {
                state.add(VARIANCE, i, shape);
            }
        }
    }

    @Override
    public OptimizerState state() {
        return state;
    }

    @Override
    public void update(PtNDManager scope, Gradients gradients, double learningRate, double weightDecay) {
        float[] decayed = {(float) learningRate, (float) weightDecay};
        float[] plain = {(float) learningRate, 0};
        gradients.rows().ifPresent(ids -> {
            NDList arguments = factored(gradients, List.of(0));
            arguments.add(ids);
            call("rows", scope, arguments, decayed);
        });
        update(scope, gradients, weights::decays, decayed);
        update(scope, gradients, i -> !weights.decays(i), plain);
    }

    private void update(PtNDManager scope, Gradients gradients, IntPredicate group, float[] settings) {
        IntPredicate whole = i -> i > 0 || gradients.rows().isEmpty();
        call(
                "matrices",
                scope,
                factored(gradients, weights.where(group.and(weights::isMatrix).and(whole))),
                settings);
        call("vectors", scope, unfactored(gradients, weights.where(group.and(i -> !weights.isMatrix(i)))), settings);
    }

    private NDList factored(Gradients gradients, List<Integer> chosen) {
        NDList arguments = weights.arguments(gradients, chosen);
        arguments.addAll(TorchModule.named("r[]", state.of(ROW, chosen)));
        arguments.addAll(TorchModule.named("c[]", state.of(COLUMN, chosen)));
        arguments.addAll(TorchModule.named("t[]", state.of(OptimizerState.STEPS, chosen)));
        return arguments;
    }

    private NDList unfactored(Gradients gradients, List<Integer> chosen) {
        NDList arguments = weights.arguments(gradients, chosen);
        arguments.addAll(TorchModule.named("v[]", state.of(VARIANCE, chosen)));
        arguments.addAll(TorchModule.named("t[]", state.of(OptimizerState.STEPS, chosen)));
        return arguments;
    }

    private void call(String method, PtNDManager scope, NDList arguments, float[] settings) {
        if (!arguments.isEmpty()) {
            arguments.add(scope.create(settings));
            module.call(method, false, scope, arguments);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}

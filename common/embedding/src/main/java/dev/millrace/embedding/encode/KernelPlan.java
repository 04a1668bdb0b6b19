package dev.millrace.embedding.encode;

import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Activation;
import dev.millrace.embedding.model.plan.Attention;
import dev.millrace.embedding.model.plan.FeedForward;
import dev.millrace.embedding.model.plan.Formulas;
import dev.millrace.embedding.model.plan.Layer;
import dev.millrace.embedding.model.plan.NetworkPlan;
import dev.millrace.embedding.model.plan.Norms;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Projection;
import dev.millrace.kernels.EncoderKernels;
import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.Nonlinearity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as the kernels see it. They compute the layers of BERT, with a table of positions and perhaps a relative bias; whatever else a
 * plan has is left to libtorch.
 *
 * @param plan the network
 */
record KernelPlan(NetworkPlan plan) {
    private static final Map<Activation, Nonlinearity> NONLINEARITIES = Map.of(
            Activation.GELU, Nonlinearity.GELU,
            Activation.GELU_NEW, Nonlinearity.GELU_TANH,
            Activation.GELU_TANH, Nonlinearity.GELU_TANH,
            Activation.RELU, Nonlinearity.RELU);

    static KernelPlan of(ModelConfig config) {
        return new KernelPlan(config.plan());
    }

    /** What of the plan the kernels do not compute; empty where they compute all of it. */
    Optional<String> impediment() {
        Map<String, Boolean> lacking = new LinkedHashMap<>();
        Layer layer = plan.stack().layers().get(0);
        lacking.put("norms before its layers", !(layer.norms() instanceof Norms.After));
        lacking.put("RMSNorm", plan.formulas().norm() != Formulas.Norm.LAYER);
        lacking.put("gated feed-forward networks", !(layer.forward() instanceof FeedForward.Plain));
        lacking.put("rotary positions", layer.attention().rotation().isPresent());
        lacking.put("packed projections", layer.attention().projection() instanceof Projection.Packed);
        lacking.put("attention that does not see all of a text", plan.formulas().causal() || windows());
        lacking.put(
                "embeddings without positions", plan.embeddings().positions().isEmpty());
        lacking.put("parts without a bias", !biased());
        lacking.put(
                "the activation " + plan.formulas().activation(),
                !NONLINEARITIES.containsKey(plan.formulas().activation()));
        Optional<String> part = lacking.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .findFirst();
        return part.or(() -> Optional.of("widths that are no multiples of " + Dimensions.MULTIPLE)
                .filter(widths -> !EncoderKernels.supports(dimensions())));
    }

    private boolean windows() {
        return plan.stack().layers().stream()
                .map(Layer::attention)
                .map(Attention::window)
                .anyMatch(window -> window.isPresent());
    }

    private boolean biased() {
        return plan.parts(0).values().stream().allMatch(Part::biased);
    }

    /** Of a plan without an impediment. */
    Dimensions dimensions() {
        return new Dimensions(
                plan.widths().hidden(),
                plan.widths().heads(),
                plan.widths().intermediate(),
                plan.layers(),
                plan.formulas().epsilon(),
                NONLINEARITIES.get(plan.formulas().activation()));
    }
}

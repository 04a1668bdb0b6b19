package dev.millrace.embedding.encode;

import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Activation;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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

    private record Lack(String part, Predicate<NetworkPlan> in) {}

    private static final List<Lack> LACKING = List.of(
            new Lack("a network without layers", plan -> plan.layers() == 0),
            new Lack("norms before its layers", plan -> !(first(plan).norms() instanceof Norms.After)),
            new Lack("RMSNorm", plan -> plan.formulas().norm() != Formulas.Norm.LAYER),
            new Lack("a norm above its layers", plan -> plan.stack().top().isPresent()),
            new Lack("gated feed-forward networks", plan -> !(first(plan).forward() instanceof FeedForward.Plain)),
            new Lack(
                    "rotary positions",
                    plan -> first(plan).attention().rotation().isPresent()),
            new Lack("packed projections", plan -> first(plan).attention().projection() instanceof Projection.Packed),
            new Lack(
                    "norms of heads",
                    plan -> first(plan).attention().headNorms().isPresent()),
            new Lack(
                    "heads that share keys",
                    plan -> plan.widths().keyHeads() < plan.widths().heads()),
            new Lack(
                    "heads that are no shares of the vector",
                    plan -> plan.widths().queries() != plan.widths().hidden()),
            new Lack("attention that does not see all of a text", KernelPlan::isBlind),
            new Lack(
                    "embeddings without positions",
                    plan -> plan.embeddings().positions().isEmpty()),
            new Lack(
                    "embeddings without a norm",
                    plan -> plan.embeddings().norm().isEmpty()),
            new Lack("embeddings that are multiplied", plan -> plan.embeddings().scale() != 1),
            new Lack("parts without a bias", plan -> !plan.parts(0).values().stream()
                    .allMatch(Part::biased)),
            new Lack(
                    "an activation other than GELU and ReLU",
                    plan -> !NONLINEARITIES.containsKey(plan.formulas().activation())));

    static KernelPlan of(ModelConfig config) {
        return new KernelPlan(config.plan());
    }

    private static Layer first(NetworkPlan plan) {
        return plan.stack().layers().get(0);
    }

    private static boolean isBlind(NetworkPlan plan) {
        return plan.formulas().causal()
                || plan.stack().layers().stream()
                        .anyMatch(layer -> layer.attention().window().isPresent());
    }

    /** What of the plan the kernels do not compute; empty where they compute all of it. */
    Optional<String> impediment() {
        return LACKING.stream()
                .filter(lack -> lack.in().test(plan))
                .map(Lack::part)
                .findFirst()
                .or(() -> Optional.of("widths that are no multiples of " + Dimensions.MULTIPLE)
                        .filter(widths -> !EncoderKernels.supports(dimensions())));
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

package dev.millrace.embedding.network;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.plan.Attention;
import dev.millrace.embedding.model.plan.Embeddings;
import dev.millrace.embedding.model.plan.FeedForward;
import dev.millrace.embedding.model.plan.Formulas;
import dev.millrace.embedding.model.plan.Layer;
import dev.millrace.embedding.model.plan.NetworkPlan;
import dev.millrace.embedding.model.plan.Norms;
import dev.millrace.embedding.model.plan.Projection;
import dev.millrace.embedding.model.plan.Rotation;
import dev.millrace.embedding.model.plan.Widths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a plan says, as the attributes of {@code encoder.torchscript}. */
final class ScriptAttributes {
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    private ScriptAttributes(ModelFolder model) {
        NetworkPlan plan = model.config().plan();
        attributes.put("training", true);
        attributes.put("layers", plan.layers());
        attributes.put("pooling", model.pooling().mode());
        attributes.put("unit", model.dense().isEmpty());
        attributes.put("lower", model.lower().orElse(-1));
        put(plan.widths());
        put(plan.formulas());
        put(plan.embeddings());
        attributes.put("relative", plan.stack().relative().isPresent());
        plan.stack().layers().stream().findFirst().ifPresentOrElse(this::put, this::putNoLayer);
        each("windows", plan, attention -> attention.window().orElse(0), 0);
        each(
                "thetas",
                plan,
                attention -> attention.rotation().map(Rotation::theta).orElse(0.),
                0.);
        each(
                "stretches",
                plan,
                attention -> attention.rotation().map(Rotation::stretch).orElse(1.),
                1.);
    }

    static Map<String, Object> of(ModelFolder model) {
        return new ScriptAttributes(model).attributes;
    }

    private void put(Widths widths) {
        attributes.put("heads", widths.heads());
        attributes.put("key_heads", widths.keyHeads());
        attributes.put("width", widths.headWidth());
    }

    private void put(Formulas formulas) {
        attributes.put("norm", formulas.norm() == Formulas.Norm.LAYER ? "layer" : "rms");
        attributes.put("norm_from", formulas.norm() == Formulas.Norm.RMS_FROM_ONE ? 1. : 0.);
        attributes.put("eps", formulas.epsilon());
        attributes.put("activation", formulas.activation().operation());
        attributes.put("algorithm", formulas.activation().algorithm());
        attributes.put("scalar", formulas.scalar());
        attributes.put("causal", formulas.causal());
    }

    private void put(Embeddings embeddings) {
        attributes.put("scale", embeddings.scale());
        attributes.put("positions", embeddings.positions().isPresent());
        attributes.put(
                "first_position",
                embeddings.positions().map(Embeddings.Positions::first).orElse(0));
    }

    /** What is of one kind in all layers. */
    private void put(Layer layer) {
        attributes.put("packed", layer.attention().projection() instanceof Projection.Packed);
        attributes.put("head_norms", layer.attention().headNorms().isPresent());
        attributes.put("gated", !(layer.forward() instanceof FeedForward.Plain));
        attributes.put("gate_first", !(layer.forward() instanceof FeedForward.GatedAsOne gated) || gated.gateFirst());
        attributes.put("norms", norms(layer.norms()));
    }

    /** The script has these attributes all the same, and never looks at them. */
    private void putNoLayer() {
        List.of("packed", "head_norms", "gated", "gate_first").forEach(kind -> attributes.put(kind, false));
        attributes.put("norms", "after");
    }

    private static String norms(Norms norms) {
        if (norms instanceof Norms.After) {
            return "after";
        }
        return norms instanceof Norms.Before ? "before" : "around";
    }

    /** Without layers one value of no meaning: a list of none has no type. */
    private void each(String name, NetworkPlan plan, Function<Attention, Object> value, Object ofNoLayer) {
        List<Object> values = plan.stack().layers().stream()
                .map(layer -> value.apply(layer.attention()))
                .toList();
        attributes.put(name, values.isEmpty() ? List.of(ofNoLayer) : values);
    }
}

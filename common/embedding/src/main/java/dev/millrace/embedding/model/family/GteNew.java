package dev.millrace.embedding.model.family;

import dev.millrace.embedding.model.ConfigFile;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Attention;
import dev.millrace.embedding.model.plan.Embeddings;
import dev.millrace.embedding.model.plan.FeedForward;
import dev.millrace.embedding.model.plan.Formulas;
import dev.millrace.embedding.model.plan.Layer;
import dev.millrace.embedding.model.plan.NetworkPlan;
import dev.millrace.embedding.model.plan.Norms;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Projection;
import dev.millrace.embedding.model.plan.Rotation;
import dev.millrace.embedding.model.plan.Stack;
import dev.millrace.embedding.model.plan.Widths;
import java.util.Optional;

/**
 * gte of version 1.5 and its multilingual kin (Zhang et al. 2024, mGTE), of the type "new": BERT with rotary positions and gated
 * feed-forward networks. As its own code has it, which comes with the models.
 */
final class GteNew {
    static final String WORDS = "embeddings.word_embeddings";

    private GteNew() {}

    static ModelConfig describe(ConfigFile file) {
        file.require("position_embedding_type", "rope");
        file.require("layer_norm_type", "layer_norm");
        file.require("logn_attention_scale", "false");
        file.requireMultiple("hidden_size", "num_attention_heads");
        Widths widths = Widths.ofShares(
                file.count("hidden_size"), file.count("intermediate_size"), file.count("num_attention_heads"));
        Formulas formulas = new Formulas(
                Formulas.Norm.LAYER,
                file.positive("layer_norm_eps", 1e-12),
                file.activation("hidden_act", "gelu"),
                widths.headWidth(),
                false);
        return new ModelConfig(
                file.text("model_type", ""),
                new NetworkPlan(widths, formulas, embeddings(file, widths.hidden()), stack(file, widths)),
                file.count("max_position_embeddings"),
                file.share("hidden_dropout_prob", 0.1),
                file.share("attention_probs_dropout_prob", 0.0));
    }

    private static Embeddings embeddings(ConfigFile file, int hidden) {
        int types = file.number("type_vocab_size", 0);
        return Embeddings.of(Part.table(WORDS, file.count("vocab_size"), hidden))
                .typed(Optional.of(Part.table("embeddings.token_type_embeddings", types, hidden))
                        .filter(table -> types > 0))
                .normed(Part.norm("embeddings.LayerNorm", hidden));
    }

    private static Stack stack(ConfigFile file, Widths widths) {
        int hidden = widths.hidden();
        int inner = widths.intermediate();
        Attention attention = Attention.of(projection(file, hidden), Part.linear("attention.o_proj", hidden, hidden))
                .with(rotation(file, widths.headWidth()));
        FeedForward forward = new FeedForward.GatedAsOne(
                Part.linear("mlp.up_gate_proj", 2L * inner, hidden).plain(),
                false,
                Part.linear("mlp.down_proj", hidden, inner));
        Norms norms = new Norms.After(Part.norm("attn_ln", hidden), Part.norm("mlp_ln", hidden));
        return Stack.of(
                "encoder.layer.%d.", file.count("num_hidden_layers"), number -> new Layer(attention, forward, norms));
    }

    private static Projection projection(ConfigFile file, int hidden) {
        return file.flag("pack_qkv", true)
                ? new Projection.Packed(Part.linear("attention.qkv_proj", 3L * hidden, hidden))
                : new Projection.Separate(
                        Part.linear("attention.q_proj", hidden, hidden),
                        Part.linear("attention.k_proj", hidden, hidden),
                        Part.linear("attention.v_proj", hidden, hidden));
    }

    /** The base, and all waves, longer by the factor: NTK-aware scaling, for all texts alike. */
    private static Rotation rotation(ConfigFile file, int headWidth) {
        double theta = file.positive("rope_theta", 10_000);
        ConfigFile scaling = new ConfigFile(file.json().path("rope_scaling"));
        if (!scaling.json().isObject()) {
            return new Rotation(theta);
        }
        scaling.require("type", "ntk");
        scaling.require("mixed_b", "null");
        double factor = scaling.positive("factor", 1);
        return new Rotation(theta * factor, Math.pow(factor, 2.0 / headWidth));
    }
}

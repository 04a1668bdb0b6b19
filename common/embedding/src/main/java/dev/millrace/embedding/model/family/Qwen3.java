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
import dev.millrace.embedding.model.plan.Stack;
import dev.millrace.embedding.model.plan.Widths;
import java.util.Optional;

/**
 * Qwen3 (Yang et al. 2025), whose embedding models pool the last token: a causal decoder, its heads' queries and keys normalized, fewer
 * heads of keys than of queries.
 */
final class Qwen3 {
    static final String WORDS = "embed_tokens";

    private Qwen3() {}

    static ModelConfig describe(ConfigFile file) {
        file.require("use_sliding_window", "false");
        file.require("is_causal", "true");
        Widths widths = DecoderParts.widths(file, 128);
        Formulas formulas = new Formulas(
                Formulas.Norm.RMS,
                file.positive("rms_norm_eps", 1e-6),
                file.activation("hidden_act", "silu"),
                widths.headWidth(),
                true);
        return new ModelConfig(
                file.text("model_type", ""),
                new NetworkPlan(
                        widths,
                        formulas,
                        Embeddings.of(Part.table(WORDS, file.count("vocab_size"), widths.hidden())),
                        stack(file, widths)),
                file.count("max_position_embeddings"),
                0,
                file.share("attention_dropout", 0));
    }

    private static Stack stack(ConfigFile file, Widths widths) {
        DecoderParts parts = new DecoderParts(widths, file.flag("attention_bias", false));
        Attention attention = parts.attention().with(Rotations.of(file, LayerKinds.FULL, "rope_theta", 10_000));
        FeedForward forward = parts.forward();
        Norms norms =
                new Norms.Before(Optional.of(parts.norm("input_layernorm")), parts.norm("post_attention_layernorm"));
        return Stack.of("layers.%d.", file.count("num_hidden_layers"), number -> new Layer(attention, forward, norms))
                .under(parts.norm("norm"));
    }
}

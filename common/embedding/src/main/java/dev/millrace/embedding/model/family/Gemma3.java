package dev.millrace.embedding.model.family;

import dev.millrace.embedding.model.ConfigFile;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Embeddings;
import dev.millrace.embedding.model.plan.Formulas;
import dev.millrace.embedding.model.plan.Layer;
import dev.millrace.embedding.model.plan.NetworkPlan;
import dev.millrace.embedding.model.plan.Norms;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Rotation;
import dev.millrace.embedding.model.plan.Stack;
import dev.millrace.embedding.model.plan.Widths;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Gemma 3's text model (Gemma Team 2025), whose embedding model (Vera et al. 2025, EmbeddingGemma) sees texts in both directions: norms
 * before and after attention and feed-forward network, and every sixth layer sees all of a text.
 */
final class Gemma3 {
    static final String WORDS = "embed_tokens";

    private Gemma3() {}

    static ModelConfig describe(ConfigFile file) {
        file.require("attn_logit_softcapping", "null");
        Widths widths = DecoderParts.widths(file, 256);
        Formulas formulas = new Formulas(
                Formulas.Norm.RMS_FROM_ONE,
                file.positive("rms_norm_eps", 1e-6),
                file.activation("hidden_activation", "gelu_pytorch_tanh"),
                file.positive("query_pre_attn_scalar", 256),
                causal(file));
        Embeddings embeddings = Embeddings.of(Part.table(WORDS, file.count("vocab_size"), widths.hidden()))
                .times((float) Math.sqrt(widths.hidden()));
        return new ModelConfig(
                file.text("model_type", ""),
                new NetworkPlan(widths, formulas, embeddings, stack(file, widths)),
                file.count("max_position_embeddings"),
                0,
                file.share("attention_dropout", 0));
    }

    private static boolean causal(ConfigFile file) {
        return !file.flag("use_bidirectional_attention", false);
    }

    private static Stack stack(ConfigFile file, Widths widths) {
        int every = file.count("_sliding_window_pattern", file.count("sliding_window_pattern", 6));
        LayerKinds kinds = new LayerKinds(file, every, every - 1);
        Map<String, Rotation> rotations = Map.of(
                LayerKinds.FULL, Rotations.of(file, LayerKinds.FULL, "rope_theta", 1_000_000),
                LayerKinds.LOCAL, Rotations.of(file, LayerKinds.LOCAL, "rope_local_base_freq", 10_000));
        DecoderParts parts = new DecoderParts(widths, file.flag("attention_bias", false));
        Norms norms = new Norms.Around(
                parts.norm("input_layernorm"),
                parts.norm("post_attention_layernorm"),
                parts.norm("pre_feedforward_layernorm"),
                parts.norm("post_feedforward_layernorm"));
        OptionalInt window = OptionalInt.of(window(file));
        return Stack.of(
                        "layers.%d.",
                        file.count("num_hidden_layers"),
                        number -> new Layer(
                                parts.attention()
                                        .with(rotations.get(kinds.of(number)))
                                        .within(kinds.isLocal(number) ? window : OptionalInt.empty()),
                                parts.forward(),
                                norms))
                .under(parts.norm("norm"));
    }

    /** In both directions half of it to either side; causal ones count the token itself. */
    private static int window(ConfigFile file) {
        int tokens = file.count("sliding_window", 4096);
        return causal(file) ? tokens - 1 : tokens / 2;
    }
}

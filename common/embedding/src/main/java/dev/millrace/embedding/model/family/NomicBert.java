package dev.millrace.embedding.model.family;

import dev.millrace.embedding.model.ConfigFile;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Activation;
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
import java.util.Map;
import java.util.Optional;

/**
 * nomic-embed (Nussbaum et al. 2024): BERT with rotary positions and gated feed-forward networks, its configuration in GPT-2's words. As
 * its own code has it, which comes with the models.
 */
final class NomicBert {
    static final String WORDS = "embeddings.word_embeddings";

    private static final Map<String, Activation> GATES = Map.of("swiglu", Activation.SILU, "geglu", Activation.GELU);
    /** Their feed-forward networks are as wide as the next multiple of it. */
    private static final int INNER_MULTIPLE = 256;

    private NomicBert() {}

    static ModelConfig describe(ConfigFile file) {
        refuseOthers(file);
        int inner = multiple(file.count("n_inner"), INNER_MULTIPLE);
        Widths widths = Widths.ofShares(file.count("n_embd"), inner, file.count("n_head"));
        Formulas formulas = new Formulas(
                Formulas.Norm.LAYER, file.positive("layer_norm_epsilon", 1e-5), gate(file), widths.headWidth(), false);
        return new ModelConfig(
                file.text("model_type", ""),
                new NetworkPlan(widths, formulas, embeddings(file), stack(file, widths)),
                maxTokens(file),
                file.share("resid_pdrop", 0.1),
                file.share("attn_pdrop", 0.1));
    }

    private static void refuseOthers(ConfigFile file) {
        file.requireMultiple("n_embd", "n_head");
        for (String key : new String[] {"prenorm", "use_rms_norm", "rotary_emb_interleaved", "causal", "norm_mlp"}) {
            file.require(key, "false");
        }
        if (file.positive("rotary_emb_fraction", 1) != 1) {
            throw file.refusal("rotary_emb_fraction", file.text("rotary_emb_fraction", ""), "1.0");
        }
        file.require("rotary_emb_scale_base", "null");
        file.require("num_heads_kv", "null");
    }

    private static Activation gate(ConfigFile file) {
        String name = file.text("activation_function", "gelu");
        return Optional.ofNullable(GATES.get(name))
                .orElseThrow(() -> file.refusal("activation_function", name, "geglu, swiglu"));
    }

    /** Longer texts than it was trained with would turn by other waves where the file has a scaling factor. */
    private static int maxTokens(ConfigFile file) {
        int positions = file.count("n_positions");
        boolean scales = file.json().path("rotary_scaling_factor").isNumber();
        return scales ? Math.min(positions, file.count("max_trained_positions", positions)) : positions;
    }

    private static Embeddings embeddings(ConfigFile file) {
        int hidden = file.count("n_embd");
        int words = multiple(file.count("vocab_size"), file.count("pad_vocab_size_multiple", 1));
        int types = file.number("type_vocab_size", 0);
        return Embeddings.of(Part.table(WORDS, words, hidden))
                .typed(Optional.of(Part.table("embeddings.token_type_embeddings", types, hidden))
                        .filter(table -> types > 0))
                .normed(Part.norm("emb_ln", hidden));
    }

    private static Stack stack(ConfigFile file, Widths widths) {
        int hidden = widths.hidden();
        int inner = widths.intermediate();
        boolean projects = file.flag("qkv_proj_bias", true);
        boolean opens = file.flag("mlp_fc1_bias", true);
        Attention attention = Attention.of(
                        new Projection.Packed(
                                Part.linear("attn.Wqkv", 3L * hidden, hidden).biased(projects)),
                        Part.linear("attn.out_proj", hidden, hidden).biased(projects))
                .with(new Rotation(file.positive("rotary_emb_base", 10_000)));
        FeedForward forward = new FeedForward.Gated(
                Part.linear("mlp.fc12", inner, hidden).biased(opens),
                Part.linear("mlp.fc11", inner, hidden).biased(opens),
                Part.linear("mlp.fc2", hidden, inner).biased(file.flag("mlp_fc2_bias", true)));
        Norms norms = new Norms.After(Part.norm("norm1", hidden), Part.norm("norm2", hidden));
        return Stack.of("encoder.layers.%d.", file.count("n_layer"), number -> new Layer(attention, forward, norms));
    }

    private static int multiple(int count, int of) {
        return (count + of - 1) / of * of;
    }
}

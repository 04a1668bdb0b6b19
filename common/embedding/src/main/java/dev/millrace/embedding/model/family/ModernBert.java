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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * ModernBERT (Warner et al. 2024, "Smarter, Better, Faster, Longer"): norms before the layers, none before the first one's attention,
 * which the embeddings' has been; every third layer sees all of a text, the others 64 tokens to either side.
 */
final class ModernBert {
    static final String WORDS = "embeddings.tok_embeddings";

    private ModernBert() {}

    static ModelConfig describe(ConfigFile file) {
        file.requireNone("embedding_dropout");
        file.requireNone("mlp_dropout");
        file.requireMultiple("hidden_size", "num_attention_heads");
        Widths widths = Widths.ofShares(
                file.count("hidden_size"), file.count("intermediate_size"), file.count("num_attention_heads"));
        Formulas formulas = new Formulas(
                Formulas.Norm.LAYER,
                file.positive("norm_eps", 1e-5),
                file.activation("hidden_activation", "gelu"),
                widths.headWidth(),
                false);
        Embeddings embeddings = Embeddings.of(Part.table(WORDS, file.count("vocab_size"), widths.hidden()))
                .normed(norm(file, "embeddings.norm"));
        return new ModelConfig(
                file.text("model_type", ""),
                new NetworkPlan(widths, formulas, embeddings, stack(file, widths)),
                file.count("max_position_embeddings"),
                0,
                file.share("attention_dropout", 0));
    }

    private static Stack stack(ConfigFile file, Widths widths) {
        LayerKinds kinds = new LayerKinds(file, file.count("global_attn_every_n_layers", 3), 0);
        Map<String, Rotation> rotations = Map.of(
                LayerKinds.FULL, Rotations.of(file, LayerKinds.FULL, "global_rope_theta", 160_000),
                LayerKinds.LOCAL, Rotations.of(file, LayerKinds.LOCAL, "local_rope_theta", 10_000));
        OptionalInt window = OptionalInt.of(file.count("local_attention", 128) / 2);
        return Stack.of(
                        "layers.%d.",
                        file.count("num_hidden_layers"),
                        number -> new Layer(
                                attention(file, widths)
                                        .with(rotations.get(kinds.of(number)))
                                        .within(kinds.isLocal(number) ? window : OptionalInt.empty()),
                                forward(file, widths),
                                new Norms.Before(
                                        Optional.of(norm(file, "attn_norm")).filter(norm -> number > 0),
                                        norm(file, "mlp_norm"))))
                .under(norm(file, "final_norm"));
    }

    private static Attention attention(ConfigFile file, Widths widths) {
        boolean biased = file.flag("attention_bias", false);
        int hidden = widths.hidden();
        return Attention.of(
                new Projection.Packed(
                        Part.linear("attn.Wqkv", 3L * hidden, hidden).biased(biased)),
                Part.linear("attn.Wo", hidden, hidden).biased(biased));
    }

    private static FeedForward forward(ConfigFile file, Widths widths) {
        boolean biased = file.flag("mlp_bias", false);
        int inner = widths.intermediate();
        return new FeedForward.GatedAsOne(
                Part.linear("mlp.Wi", 2L * inner, widths.hidden()).biased(biased),
                true,
                Part.linear("mlp.Wo", widths.hidden(), inner).biased(biased));
    }

    private static Part norm(ConfigFile file, String name) {
        return Part.norm(name, file.count("hidden_size")).biased(file.flag("norm_bias", false));
    }
}

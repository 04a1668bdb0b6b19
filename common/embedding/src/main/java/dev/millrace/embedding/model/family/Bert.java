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
import dev.millrace.embedding.model.plan.Stack;
import dev.millrace.embedding.model.plan.Widths;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * BERT (Devlin et al. 2019), and families whose layers are its own under other names.
 *
 * @param names of attention's parts
 * @param relative whether T5's relative bias takes the place of token types
 * @param firstPosition the row of the position table that a text's first token takes
 */
record Bert(Names names, boolean relative, ToIntFunction<ConfigFile> firstPosition) {
    static final String WORDS = "embeddings.word_embeddings";

    private static final Names SELF = new Names(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "attention.output.LayerNorm");
    private static final Names ATTN = new Names(
            "attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o", "attention.LayerNorm");
    /** The number that transformers' MPNet computes with, whatever its configuration says. */
    private static final int RELATIVE_BUCKETS = 32;

    static final Bert BERT = new Bert(SELF, false, file -> 0);
    /** Liu et al. 2019; with other vocabularies XLM-RoBERTa (Conneau et al. 2020) and CamemBERT (Martin et al. 2020). */
    static final Bert ROBERTA = new Bert(SELF, false, file -> file.number("pad_token_id", 1) + 1);
    /** Song et al. 2020. Its padding id is 1 whatever the file says. */
    static final Bert MPNET = new Bert(ATTN, true, file -> 2);

    private record Names(String query, String key, String value, String output, String norm) {}

    ModelConfig describe(ConfigFile file) {
        file.require("position_embedding_type", "absolute");
        file.require("is_decoder", "false");
        file.requireMultiple("hidden_size", "num_attention_heads");
        Widths widths = Widths.ofShares(
                file.count("hidden_size"), file.count("intermediate_size"), file.count("num_attention_heads"));
        Formulas formulas = new Formulas(
                Formulas.Norm.LAYER,
                file.positive("layer_norm_eps", 1e-12),
                file.activation("hidden_act", "gelu"),
                widths.headWidth(),
                false);
        Embeddings.Positions positions = positions(file, widths.hidden());
        Stack stack = Stack.of("encoder.layer.%d.", file.count("num_hidden_layers"), number -> layer(widths));
        return new ModelConfig(
                file.text("model_type", ""),
                new NetworkPlan(widths, formulas, embeddings(file, positions), relative ? biased(file, stack) : stack),
                positions.tokens(),
                file.share("hidden_dropout_prob", 0.1),
                file.share("attention_probs_dropout_prob", 0.1));
    }

    private Embeddings.Positions positions(ConfigFile file, int hidden) {
        int rows = file.count("max_position_embeddings");
        int first = firstPosition.applyAsInt(file);
        if (rows <= first) {
            throw file.refusal(
                    "max_position_embeddings must be at least " + (first + 1) + " where positions begin at " + first);
        }
        return new Embeddings.Positions(Part.table("embeddings.position_embeddings", rows, hidden), first);
    }

    private Embeddings embeddings(ConfigFile file, Embeddings.Positions positions) {
        int hidden = file.count("hidden_size");
        int types = file.count("type_vocab_size", (int) Part.ANY);
        return Embeddings.of(Part.table(WORDS, file.count("vocab_size"), hidden))
                .with(positions)
                .typed(
                        relative
                                ? Optional.empty()
                                : Optional.of(Part.table("embeddings.token_type_embeddings", types, hidden)))
                .normed(Part.norm("embeddings.LayerNorm", hidden));
    }

    private static Stack biased(ConfigFile file, Stack stack) {
        file.require("relative_attention_num_buckets", Integer.toString(RELATIVE_BUCKETS));
        return stack.with(
                Part.table("encoder.relative_attention_bias", RELATIVE_BUCKETS, file.count("num_attention_heads")));
    }

    private Layer layer(Widths widths) {
        int hidden = widths.hidden();
        int inner = widths.intermediate();
        return new Layer(
                Attention.of(
                        new Projection.Separate(
                                Part.linear(names.query(), hidden, hidden),
                                Part.linear(names.key(), hidden, hidden),
                                Part.linear(names.value(), hidden, hidden)),
                        Part.linear(names.output(), hidden, hidden)),
                new FeedForward.Plain(
                        Part.linear("intermediate.dense", inner, hidden), Part.linear("output.dense", hidden, inner)),
                new Norms.After(Part.norm(names.norm(), hidden), Part.norm("output.LayerNorm", hidden)));
    }
}

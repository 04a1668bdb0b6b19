package dev.millrace.embedding.model.family;

import dev.millrace.embedding.model.ConfigFile;
import dev.millrace.embedding.model.plan.Attention;
import dev.millrace.embedding.model.plan.FeedForward;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Projection;
import dev.millrace.embedding.model.plan.Widths;

/**
 * What the layers of today's decoders have in common, by the names that LLaMA gave it (Touvron et al. 2023), with norms of the heads.
 *
 * @param widths the network's sizes
 * @param biased whether attention's matrices have biases
 */
record DecoderParts(Widths widths, boolean biased) {

    /** Sizes as such decoders name them; a head is not a share of the vector, but this wide where the file does not say. */
    static Widths widths(ConfigFile file, int headWidth) {
        file.requireMultiple("num_attention_heads", "num_key_value_heads");
        return new Widths(
                file.count("hidden_size"),
                file.count("intermediate_size"),
                file.count("num_attention_heads"),
                file.count("num_key_value_heads"),
                file.count("head_dim", headWidth));
    }

    Attention attention() {
        int hidden = widths.hidden();
        return Attention.of(
                        new Projection.Separate(
                                linear("q_proj", widths.queries(), hidden),
                                linear("k_proj", widths.keys(), hidden),
                                linear("v_proj", widths.keys(), hidden)),
                        linear("o_proj", hidden, widths.queries()))
                .with(new Attention.HeadNorms(
                        Part.norm("self_attn.q_norm", widths.headWidth()).plain(),
                        Part.norm("self_attn.k_norm", widths.headWidth()).plain()));
    }

    private Part linear(String name, int outputs, int inputs) {
        return Part.linear("self_attn." + name, outputs, inputs).biased(biased);
    }

    FeedForward forward() {
        int hidden = widths.hidden();
        int inner = widths.intermediate();
        return new FeedForward.Gated(
                Part.linear("mlp.gate_proj", inner, hidden).plain(),
                Part.linear("mlp.up_proj", inner, hidden).plain(),
                Part.linear("mlp.down_proj", hidden, inner).plain());
    }

    /** RMSNorm of a token. */
    Part norm(String name) {
        return Part.norm(name, widths.hidden()).plain();
    }
}

package dev.millrace.encoder.serving;

import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.text.Tokens;
import java.util.List;

/** Text to vectors with one version's weights. Any thread may tokenize; one thread owns everything else. */
public interface VectorModel extends AutoCloseable {
    int dimensions();

    /** How much further a number may be from a golden one than those allow, for the precision it is encoded in; mostly 0. */
    double rounding();

    Computation computation();

    Description description();

    /** What this version wants to read before texts. */
    Prompts prompts();

    /** Texts as they are: what is to stand before them does already. */
    List<Tokens> tokenize(List<String> texts);

    /**
     * Ids that a caller made with this model's tokenizer.
     *
     * @throws IllegalArgumentException saying, for the caller, why they are not
     */
    Tokens tokens(int[] ids);

    /** One L2-normalised row per text, in the texts' order. */
    float[][] encode(List<Tokens> texts);

    @Override
    void close();

    /**
     * What the version says of itself, for those who choose by it.
     *
     * @param maxTokens that it reads of a text
     * @param pooling by sentence-transformers' name
     */
    record Description(int maxTokens, String pooling) {}

    /**
     * What computes the vectors: another engine or precision gives others, by as much as it rounds.
     *
     * @param engine our own kernels or libtorch
     */
    record Computation(String engine, String precision, String device) {}
}

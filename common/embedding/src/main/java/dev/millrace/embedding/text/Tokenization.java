package dev.millrace.embedding.text;

/** What became of one text among others. */
public sealed interface Tokenization {
    /** It has tokens that the model knows. */
    record Encodable(Tokens tokens) implements Tokenization {}

    /**
     * The model has no vector for it; others are none the worse.
     *
     * @param reason in words that may be shown to whoever sent the text
     */
    record Unencodable(String reason) implements Tokenization {}
}

package dev.millrace.client.encoder;

/** What texts are, which chooses what a version reads before them where it has prompts. */
public enum TextType {
    /** They ask. */
    QUERY,
    /** They may be answers. */
    DOCUMENT,
    /** Nothing is said: the version's default. */
    UNSAID
}

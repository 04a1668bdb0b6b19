package dev.millrace.embedding.model;

import java.util.List;

/** What a text is where some texts are looked for by others; models are taught to tell the two by what they read before them. */
public enum InputType {
    /** It asks. */
    QUERY,
    /** It may be an answer. */
    DOCUMENT,
    /** Nobody has said, or both are the same. */
    UNSAID;

    /** What sentence-transformers calls a prompt for it; of several that are there the first one counts. */
    List<String> promptNames() {
        return switch (this) {
            case QUERY -> List.of("query");
            case DOCUMENT -> List.of("document", "passage", "corpus");
            case UNSAID -> List.of();
        };
    }
}

package dev.millrace.embedding.model;

import java.util.List;

/** What a text is where some texts are looked for by others; models are taught to tell the two by what they put before them. */
public enum InputType {
    /** It asks. */
    QUERY(List.of("query")),
    /** It may be an answer. */
    DOCUMENT(List.of("document", "passage", "corpus")),
    /** Nobody has said, or both are the same. */
    UNSAID(List.of());

    private final List<String> promptNames;

    InputType(List<String> promptNames) {
        this.promptNames = promptNames;
    }

    /** What sentence-transformers calls a prompt for it; of several that are there the first one counts. */
    List<String> promptNames() {
        return promptNames;
    }
}

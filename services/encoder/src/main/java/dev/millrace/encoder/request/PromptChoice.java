package dev.millrace.encoder.request;

import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.model.Prompts;
import java.util.Optional;

/**
 * What a caller says of what is to stand before the texts.
 *
 * @param type queries, documents, or nothing said: then the version's default prompt
 * @param name of one of the version's prompts, which counts more than the type
 * @param task by its name: the version's prompt that is called so stands before the texts, if it has one and no name is given
 */
public record PromptChoice(InputType type, Optional<String> name, Optional<String> task) {
    /** Nothing is said. */
    public static final PromptChoice NONE = new PromptChoice(InputType.UNSAID, Optional.empty());

    private static final String NAME = "prompt_name";

    /** For no task. */
    public PromptChoice(InputType type, Optional<String> name) {
        this(type, name, Optional.empty());
    }

    /** As {@code input_type} says it, by our names or Cohere's. */
    public static InputType type(String name) {
        return switch (name) {
            case "query", "search_query" -> InputType.QUERY;
            case "document", "search_document" -> InputType.DOCUMENT;
            default ->
                throw RequestFailedException.invalid(
                        "input_type", "must be query or document (or search_query, search_document)");
        };
    }

    /**
     * The prompt, empty where nothing stands before the texts.
     *
     * @throws RequestFailedException when the version has no prompt of this name
     */
    public String among(Prompts prompts) {
        return name.map(asked -> prompts.named(asked)
                        .orElseThrow(() -> RequestFailedException.invalid(
                                NAME, "must be one of this version's prompts " + prompts.names())))
                .or(() -> task.flatMap(prompts::named))
                .orElseGet(() -> prompts.before(type));
    }

    /**
     * Refuses one that would have to stand before what is cut into tokens already.
     *
     * @throws RequestFailedException naming the field
     */
    public void requireNoneBeforeTokens(Prompts prompts) {
        final boolean asked = name.isPresent() || task.isPresent() || type != InputType.UNSAID;
        if (asked && !among(prompts).isEmpty()) {
            throw RequestFailedException.invalid(
                    name.isPresent() ? NAME : "input_type",
                    "has no place before token arrays of the model's own tokenizer: send texts");
        }
    }
}

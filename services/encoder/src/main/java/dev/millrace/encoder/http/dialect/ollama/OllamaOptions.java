package dev.millrace.encoder.http.dialect.ollama;

import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.Whole;
import java.util.Map;

/** What Ollama's two ways of asking have in common. */
final class OllamaOptions {
    /** What a name without a tag means there. */
    private static final String LATEST = ":latest";

    private OllamaOptions() {}

    static Members.Member model(Draft draft) {
        return (field, json) -> {
            final String name = Values.string(field, json);
            draft.model(name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name);
        };
    }

    static Members.Member truncate(Draft draft) {
        return (field, json) -> {
            if (!Values.flag(field, json)) {
                draft.whole(Whole.forModel("has more tokens than the model reads, and truncate is false"));
            }
        };
    }

    /** Of a model's settings only its context would change a vector: that of a text that is longer. */
    static Members.Member options(Draft draft) {
        return (field, json) -> Members.readObject(field, json, Map.of("num_ctx", (name, value) -> {
            final String reason = "has more than num_ctx, and is cut at the model's maximum only";
            draft.whole(new Whole(Values.positive(name, value), reason));
        }));
    }
}

package dev.millrace.encoder.http.dialect.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.service.http.Problem;
import java.util.Locale;

/** The member {@code error}, in which OpenAI's clients look for the message. */
public final class OpenAiWording implements Wording {
    public static final Wording WORDS = new OpenAiWording();

    private OpenAiWording() {}

    /** A missing parameter is written as null there. */
    @Override
    public Problem worded(Refusal refusal) {
        final Problem problem = refusal.problem();
        final ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("message", refusal.message())
                .put("type", problem.status() < 500 ? "invalid_request_error" : "server_error")
                .put("param", refusal.field().orElse(null))
                .put("code", problem.title().toLowerCase(Locale.ROOT).replace(' ', '_'));
        return problem.with("error", error);
    }
}

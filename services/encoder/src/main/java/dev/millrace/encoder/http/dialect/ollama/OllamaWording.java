package dev.millrace.encoder.http.dialect.ollama;

import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.service.http.Problem;

/** {@code error}, a sentence, with the statuses that Ollama has. */
final class OllamaWording implements Wording {
    static final Wording WORDS = new OllamaWording();

    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private OllamaWording() {}

    @Override
    public Problem worded(Refusal refusal) {
        final Problem problem =
                switch (refusal.failure()) {
                    case UNENCODABLE -> refusal.problem().as(BAD_REQUEST);
                    case OVERLOADED -> refusal.problem().as(UNAVAILABLE);
                    default -> refusal.problem();
                };
        return problem.with("error", refusal.message());
    }
}

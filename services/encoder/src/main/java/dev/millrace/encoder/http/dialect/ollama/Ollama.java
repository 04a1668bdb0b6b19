package dev.millrace.encoder.http.dialect.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.VectorForm;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.EmbeddingsRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Ollama's {@code /api/embed}. */
public final class Ollama implements Dialect {
    private static final String INPUT = "input";

    private final Inputs inputs;

    public Ollama(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public Set<String> paths() {
        return Set.of("/api/embed");
    }

    @Override
    public Wording wording() {
        return OllamaWording.WORDS;
    }

    @Override
    public Question read(byte[] body) {
        final long start = System.nanoTime();
        final Draft draft = new Draft();
        Members.read(
                body,
                Map.of(
                        INPUT,
                        (field, json) -> draft.texts(inputs.texts(field, json)),
                        "model",
                        OllamaOptions.model(draft),
                        "truncate",
                        OllamaOptions.truncate(draft),
                        "options",
                        OllamaOptions.options(draft),
                        "dimensions",
                        (field, json) -> draft.dimensions(Values.integer(field, json))));
        final EmbeddingsRequest request = draft.complete(INPUT);
        return new Question(request, (answer, json) -> write(answer, request, start, json));
    }

    /** By the name that was asked for, as there; the version is in the headers. */
    private static void write(EmbeddingsAnswer answer, EmbeddingsRequest request, long start, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "model", request.version().model().orElse(answer.version().version()));
        json.writeFieldName("embeddings");
        VectorForm.FLOAT.writeAll(answer, json);
        json.writeNumberField("total_duration", System.nanoTime() - start);
        json.writeNumberField("load_duration", 0);
        json.writeNumberField("prompt_eval_count", answer.promptTokens());
        json.writeEndObject();
    }
}

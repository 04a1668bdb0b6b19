package dev.millrace.encoder.http.dialect.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.VectorForm;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ollama's {@code /api/embeddings}, which its own clients still call: one text, one vector, and nothing else. */
public final class OllamaPrompt implements Dialect {
    private static final String PROMPT = "prompt";

    private final Inputs inputs;

    public OllamaPrompt(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public Set<String> paths() {
        return Set.of("/api/embeddings");
    }

    @Override
    public Wording wording() {
        return OllamaWording.WORDS;
    }

    @Override
    public Question read(byte[] body) {
        final Draft draft = new Draft();
        Members.read(
                body,
                Map.of(
                        PROMPT,
                        (field, json) -> draft.texts(List.of(inputs.text(field, json))),
                        "model",
                        OllamaOptions.model(draft),
                        "options",
                        OllamaOptions.options(draft)));
        return new Question(draft.complete(PROMPT), OllamaPrompt::write);
    }

    private static void write(EmbeddingsAnswer answer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName("embedding");
        VectorForm.FLOAT.write(answer.vector(0), json);
        json.writeEndObject();
    }
}

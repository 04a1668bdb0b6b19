package dev.millrace.encoder.http.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.encoder.http.dialect.Dialect;
import dev.millrace.encoder.http.dialect.Draft;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.VectorForm;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Members;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.PromptChoice;
import dev.millrace.encoder.request.RequestFailedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** OpenAI's form, which others extend: {@link Extensions} says by what. */
public final class OpenAi implements Dialect {
    private static final String INPUT = "input";
    private static final Map<String, VectorForm> FORMS = Map.of("float", VectorForm.FLOAT, "base64", VectorForm.BASE64);

    private final Inputs inputs;

    public OpenAi(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public Set<String> paths() {
        return Set.of("/v1/embeddings", "/embeddings");
    }

    @Override
    public Wording wording() {
        return OpenAiWording.WORDS;
    }

    @Override
    public Question read(byte[] body) {
        final Draft draft = new Draft();
        final AtomicReference<VectorForm> form = new AtomicReference<>(VectorForm.FLOAT);
        final Map<String, Members.Member> members = new HashMap<>(Extensions.members(draft, form::set));
        members.put(INPUT, (field, json) -> draft.input(inputs.textsOrTokens(field, json, this::text)));
        members.put("model", (field, json) -> draft.model(Values.string(field, json)));
        members.put("space", (field, json) -> draft.space(Values.string(field, json)));
        members.put("encoding_format", (field, json) -> form.set(form(field, json)));
        members.put("dimensions", (field, json) -> draft.dimensions(Values.integer(field, json)));
        members.put("input_type", (field, json) -> draft.type(PromptChoice.type(Values.string(field, json))));
        members.put("prompt_name", (field, json) -> draft.promptName(Values.string(field, json)));
        Members.read(body, members);
        return new Question(draft.complete(INPUT), (answer, json) -> write(answer, form.get(), json));
    }

    private static VectorForm form(String field, JsonParser json) throws IOException {
        final String name = Values.string(field, json);
        if (!FORMS.containsKey(name)) {
            throw RequestFailedException.invalid(field, "must be float or base64");
        }
        return FORMS.get(name);
    }

    /** A text, or Jina's object of one. */
    private String text(String field, JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.START_OBJECT
                ? Extensions.text(field, json, inputs)
                : inputs.text(field, json);
    }

    private static void write(EmbeddingsAnswer answer, VectorForm form, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "list");
        json.writeArrayFieldStart("data");
        for (int index = 0; index < answer.size(); index++) {
            json.writeStartObject();
            json.writeStringField("object", "embedding");
            json.writeNumberField("index", index);
            json.writeFieldName("embedding");
            form.write(answer.vector(index), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("model", answer.version().version());
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", answer.promptTokens());
        json.writeNumberField("total_tokens", answer.promptTokens());
        json.writeEndObject();
        json.writeEndObject();
    }
}

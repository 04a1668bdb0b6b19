package dev.millrace.encoder.http.dialect.cohere;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.millrace.encoder.http.dialect.Question;
import dev.millrace.encoder.http.dialect.VectorForm;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.http.json.Values;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** How one answer of Cohere's is written. For the thread that reads the request, and then for the one that writes. */
final class CohereForm {
    /** int8 and uint8 need the ranges of a corpus. */
    private static final Map<String, VectorForm> TYPES = Map.of(
            "float", VectorForm.FLOAT,
            "base64", VectorForm.BASE64,
            "binary", VectorForm.BINARY,
            "ubinary", VectorForm.UBINARY);

    private final int version;
    private final Set<VectorForm> types = new TreeSet<>();

    CohereForm(int version) {
        this.version = version;
    }

    void types(String field, JsonParser json, Inputs inputs) throws IOException {
        types.addAll(inputs.array(field, json, (name, value) -> Values.word(name, value, TYPES)));
    }

    Question.Form of(List<String> texts) {
        final boolean bare = version == 1 && types.isEmpty();
        if (types.isEmpty()) {
            types.add(VectorForm.FLOAT);
        }
        return (answer, json) -> write(answer, texts, bare, json);
    }

    private void write(EmbeddingsAnswer answer, List<String> texts, boolean bare, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", UUID.randomUUID().toString());
        json.writeStringField("response_type", bare ? "embeddings_floats" : "embeddings_by_type");
        json.writeFieldName("embeddings");
        if (bare) {
            VectorForm.FLOAT.writeAll(answer, json);
        } else {
            writeByType(answer, json);
        }
        json.writeFieldName("texts");
        json.writeArray(texts.toArray(String[]::new), 0, texts.size());
        writeMeta(answer, json);
        json.writeEndObject();
    }

    private void writeByType(EmbeddingsAnswer answer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (VectorForm type : types) {
            json.writeFieldName(type.name().toLowerCase(Locale.ROOT));
            type.writeAll(answer, json);
        }
        json.writeEndObject();
    }

    private void writeMeta(EmbeddingsAnswer answer, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("meta");
        json.writeObjectFieldStart("api_version");
        json.writeStringField("version", Integer.toString(version));
        json.writeEndObject();
        json.writeObjectFieldStart("billed_units");
        json.writeNumberField("input_tokens", answer.promptTokens());
        json.writeEndObject();
        json.writeEndObject();
    }
}

package dev.millrace.encoder.http;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.EmbeddingsRequest.Encoding;
import dev.millrace.encoder.request.Matryoshka;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** OpenAI's embeddings answer, written straight from the float arrays. */
@Provider
public final class AnswerWriter implements MessageBodyWriter<EmbeddingsAnswer> {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == EmbeddingsAnswer.class;
    }

    @Override
    public void writeTo(
            EmbeddingsAnswer answer,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        write(answer, out);
    }

    static void write(EmbeddingsAnswer answer, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (int index = 0; index < answer.vectors().size(); index++) {
                json.writeStartObject();
                json.writeStringField("object", "embedding");
                json.writeNumberField("index", index);
                json.writeFieldName("embedding");
                vector(Matryoshka.cut(answer.vectors().get(index), answer.dimensions()), answer.encoding(), json);
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

    private static void vector(float[] vector, Encoding encoding, JsonGenerator json) throws IOException {
        if (encoding == Encoding.BASE64) {
            final ByteBuffer bytes =
                    ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes.array(), 0, bytes.capacity());
            return;
        }
        json.writeStartArray();
        for (float value : vector) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}

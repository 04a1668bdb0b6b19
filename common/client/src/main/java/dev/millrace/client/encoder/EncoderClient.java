package dev.millrace.client.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.client.failure.ClientException;
import dev.millrace.client.failure.NotFoundException;
import dev.millrace.client.failure.UnreadableAnswerException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.http.Connection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Asks the encoder for vectors. A call is one request, answered by one version; while the encoder is busy it is repeated as
 * {@link ClientSettings#retries} allows. Safe for use by several threads. Every method throws a {@link ClientException}.
 */
public final class EncoderClient {
    /** The channel, whichever version it points to. */
    public static final String STABLE = "stable";

    private static final String EMBEDDINGS = "/v1/embeddings";

    private final Connection connection;

    public EncoderClient(ClientSettings settings) {
        this.connection = new Connection(settings);
    }

    /** One text, by the version that is served. */
    public Embeddings embed(String text) throws InterruptedException {
        return embed(STABLE, List.of(text));
    }

    /** As {@link #embed(String, TextType, List)}, with nothing said of what the texts are. */
    public Embeddings embed(String model, List<String> texts) throws InterruptedException {
        return embed(model, TextType.UNSAID, texts);
    }

    /**
     * Texts, by the version that a name stands for.
     *
     * @param model {@link #STABLE}, an alias or a version's name
     * @param type what all of the texts are
     * @param texts 1 up to {@code millrace.encoder.max-batch}
     * @throws NotFoundException when there is no such version any more
     */
    public Embeddings embed(String model, TextType type, List<String> texts) throws InterruptedException {
        final byte[] request = request(model, type, texts);
        return calling(() -> read(connection.post(EMBEDDINGS, request), texts.size()));
    }

    /** All names that can be asked for. */
    public List<ServedModel> models() throws InterruptedException {
        return calling(() -> {
            final List<ServedModel> models = new ArrayList<>();
            connection.good(connection.get("/v1/models")).path("data").forEach(entry -> models.add(model(entry)));
            return models;
        });
    }

    private <T> T calling(Connection.Attempt<T> attempt) throws InterruptedException {
        try {
            return connection.patiently(attempt);
        } catch (ClientException e) {
            throw connection.failed(e);
        }
    }

    private byte[] request(String model, TextType type, List<String> texts) {
        final ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("model", model).put("encoding_format", "base64");
        if (type != TextType.UNSAID) {
            request.put("input_type", type.name().toLowerCase(Locale.ROOT));
        }
        final ArrayNode input = request.putArray("input");
        texts.forEach(input::add);
        return connection.bytes(request);
    }

    private Embeddings read(Connection.Answer answer, int texts) {
        final JsonNode root = connection.good(answer);
        final List<float[]> vectors = new ArrayList<>();
        for (JsonNode entry : root.path("data")) {
            if (entry.path("index").asInt(-1) != vectors.size()) {
                throw new UnreadableAnswerException(answer.request(), "has vectors out of order");
            }
            vectors.add(floats(answer, entry.path("embedding").asText()));
        }
        if (vectors.size() != texts) {
            throw new UnreadableAnswerException(
                    answer.request(), "has " + vectors.size() + " vectors for " + texts + " texts");
        }
        final String space = answer.header("X-Millrace-Space")
                .orElseThrow(() -> new UnreadableAnswerException(answer.request(), "names no space"));
        return new Embeddings(
                root.path("model").asText(),
                space,
                vectors,
                root.path("usage").path("prompt_tokens").asLong());
    }

    private static float[] floats(Connection.Answer answer, String base64) {
        try {
            final ByteBuffer bytes =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
            final float[] vector = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(vector);
            return vector;
        } catch (IllegalArgumentException e) {
            throw new UnreadableAnswerException(answer.request(), "has a vector that is no base64");
        }
    }

    private static ServedModel model(JsonNode entry) {
        return new ServedModel(
                entry.path("id").asText(),
                entry.path("version").asText(),
                entry.path("space").asText(),
                entry.path("channel").asText(),
                Instant.ofEpochSecond(entry.path("created").asLong()));
    }
}

package dev.millrace.devstack.demo.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Asks the encoder for vectors, in OpenAI's form. */
public final class EncoderClient {
    /** The model that stands for whichever version is served. */
    public static final String STABLE = "stable";

    private static final String PATH = "/v1/embeddings";
    private static final int BATCH = 128;

    private final ObjectMapper json = new ObjectMapper();
    private final RestClient rest;

    public EncoderClient(RestClient rest) {
        this.rest = rest;
    }

    /** One answer: vectors in the order of the texts, and the version that made them. */
    public record Embeddings(String version, List<float[]> vectors) {}

    /** One text, asked once: for traffic in which a refusal counts. */
    public Embeddings embed(String text) throws InterruptedException {
        return read(rest.post(PATH, request(STABLE, List.of(text))));
    }

    /** Many texts, however often the encoder asks to be asked again. */
    public List<float[]> embed(String model, List<String> texts) throws InterruptedException {
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            vectors.addAll(read(rest.postPatiently(PATH, request(model, batch))).vectors());
        }
        return vectors;
    }

    private byte[] request(String model, List<String> texts) {
        ObjectNode request = json.createObjectNode().put("model", model).put("encoding_format", "base64");
        ArrayNode input = request.putArray("input");
        texts.forEach(input::add);
        try {
            return json.writeValueAsBytes(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Embeddings read(RestClient.Answer answer) {
        try {
            JsonNode root = json.readTree(answer.body());
            List<float[]> vectors = new ArrayList<>();
            root.path("data")
                    .forEach(entry -> vectors.add(floats(entry.path("embedding").asText())));
            return new Embeddings(root.path("model").asText(), vectors);
        } catch (IOException e) {
            throw new UncheckedIOException("the encoder's answer is no JSON", e);
        }
    }

    private static float[] floats(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(vector);
        return vector;
    }
}

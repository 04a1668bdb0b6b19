package dev.millrace.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An encoder over REST that tells texts apart by the letters they are made of, wants a token, and has no vector for "refused". */
final class FakeEncoder implements AutoCloseable {
    static final String VERSION = "v000003-0badcafe";
    static final String TOKEN = "open-sesame";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    final List<String> askedFor = new CopyOnWriteArrayList<>();
    final List<String> types = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();

    FakeEncoder() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/models", exchange -> answer(exchange, 200, models()));
        server.createContext("/v1/embeddings", this::embeddings);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static ObjectNode models() {
        ObjectNode models = JSON.createObjectNode();
        models.putArray("data").addObject().put("id", "stable").put("version", VERSION);
        return models;
    }

    private void embeddings(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        askedFor.add(request.path("model").asText());
        types.add(request.path("input_type").asText("unsaid"));
        batches.add(request.path("input").size());
        boolean welcome =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!welcome) {
            answer(exchange, 401, JSON.createObjectNode().put("title", "token"));
            return;
        }
        ObjectNode body = JSON.createObjectNode().put("model", VERSION);
        for (JsonNode text : request.path("input")) {
            Optional<float[]> vector = vector(text.asText());
            if (vector.isEmpty()) {
                answer(exchange, 400, JSON.createObjectNode().put("title", "a text that has no vector"));
                return;
            }
            ObjectNode entry = body.withArray("data").addObject();
            entry.put("index", body.withArray("data").size() - 1).put("embedding", base64(vector.get()));
        }
        answer(exchange, 200, body);
    }

    private static Optional<float[]> vector(String text) {
        float[] letters = new float[26];
        text.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> letters[c - 'a']++);
        return Optional.of(letters).filter(any -> !text.equals("refused"));
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("X-Millrace-Space", "space");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

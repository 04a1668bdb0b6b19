package dev.millrace.admin.reindex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves one version, whose vectors tell a text's length, and fails when a text says so. */
final class FakeEncoder implements AutoCloseable {
    static final String FAILING = "poison";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Texts that were encoded. */
    final AtomicInteger encoded = new AtomicInteger();

    private final HttpServer server;
    private String version;
    private boolean failing = true;

    FakeEncoder(String version) throws IOException {
        this.version = version;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/models", this::models);
        server.createContext("/v1/embeddings", this::embeddings);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void serve(String other) {
        version = other;
    }

    void mend() {
        failing = false;
    }

    private void models(HttpExchange exchange) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("data").addObject().put("id", "stable").put("version", version);
        answer(exchange, 200, answer);
    }

    private void embeddings(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        JsonNode input = request.path("input");
        for (JsonNode text : input) {
            if (failing && text.asText().equals(FAILING)) {
                answer(
                        exchange,
                        422,
                        JSON.createObjectNode().put("title", "Unprocessable").put("status", 422));
                return;
            }
        }
        ObjectNode answer =
                JSON.createObjectNode().put("model", request.path("model").asText());
        ArrayNode data = answer.putArray("data");
        for (JsonNode text : input) {
            data.addObject().put("index", data.size() - 1).put("embedding", vector(text.asText()));
            encoded.incrementAndGet();
        }
        answer(exchange, 200, answer);
    }

    private static String vector(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        double angle = text.length();
        bytes.putFloat((float) Math.cos(angle)).putFloat((float) Math.sin(angle));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("X-Millrace-Space", "space-1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.millrace.devstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.VersionName;
import dev.millrace.client.encoder.EncoderClient;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.demo.stack.EncoderTraffic;
import dev.millrace.devstack.demo.stack.IngestionTraffic;
import dev.millrace.devstack.demo.stack.PairsLog;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.stack.VersionBook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Encoder, ingestion, topic and bucket in this JVM. After so many pairs a version is published, once the steady caller has had an answer
 * of the one before; version n gives a text its example's vector for n out of {@link #LESSONS} examples, and a random one otherwise, so that quality rises.
 */
final class FakeStack implements AutoCloseable {
    static final int LESSONS = 4;
    private static final int DIMENSIONS = 16;
    private static final String PARTITION = "pairs-0";

    private final ObjectMapper json = new ObjectMapper();
    private final Traffic traffic = new Traffic();
    private final CheckpointStore store = new CheckpointStore(new InMemoryBucket(Clock.systemUTC()), Clock.systemUTC());
    private final Map<String, Integer> exampleOf = new HashMap<>();
    private final Map<String, PairsLog.Place> places = new ConcurrentHashMap<>();
    private final Map<String, Integer> posted = new ConcurrentHashMap<>();
    private final int window;
    private final Path files;
    private final HttpServer server;
    private final AtomicInteger offset = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    FakeStack(List<Example> known, int window, Path files) throws IOException {
        for (int i = 0; i < known.size(); i++) {
            exampleOf.put(known.get(i).query(), i);
            exampleOf.put(known.get(i).document(), i);
        }
        this.window = window;
        this.files = files;
        Files.writeString(files.resolve("model.safetensors"), "weights");
        publish(0);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/v1/embeddings", this::embeddings);
        server.createContext("/v1/", this::events);
        server.start();
    }

    Platform platform() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Platform(
                new EncoderTraffic(uri, traffic),
                new IngestionTraffic(uri, traffic),
                new Log(),
                new VersionBook(store),
                traffic);
    }

    /** Items posted by path. */
    Map<String, Integer> posted() {
        return Map.copyOf(posted);
    }

    private static String name(int version) {
        return new VersionName(version, "00000000").toString();
    }

    private void publish(int version) {
        store.publish(
                new Draft(
                        name(version),
                        version == 0 ? Optional.empty() : Optional.of(name(version - 1)),
                        "space",
                        Optional.empty(),
                        new TreeMap<>(Map.of(PARTITION, (long) version * window)),
                        version == 0 ? Records.NONE : new Records(window, 0, 0, 0),
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeMap<>()),
                files);
        store.moveHead(store.head(), name(version));
        served.set(version);
    }

    private void events(HttpExchange exchange) throws IOException {
        JsonNode items = json.readTree(exchange.getRequestBody());
        String path = exchange.getRequestURI().getPath();
        posted.merge(path, items.size(), Integer::sum);
        if (path.equals("/v1/pairs")) {
            for (JsonNode item : items) {
                places.put(item.required("id").asText(), new PairsLog.Place(PARTITION, offset.getAndIncrement()));
            }
        }
        ObjectNode receipt = json.createObjectNode().put("accepted", items.size());
        for (int i = 0; i < items.size(); i++) {
            receipt.withArray("outcomes").addObject().put("index", i).put("status", "accepted");
        }
        answer(exchange, 202, receipt);
    }

    private void embeddings(HttpExchange exchange) throws IOException {
        JsonNode request = json.readTree(exchange.getRequestBody());
        String model = request.required("model").asText();
        int version = model.equals(EncoderClient.STABLE)
                ? served.get()
                : (int) VersionName.parse(model).orElseThrow().sequence();
        ObjectNode answer = json.createObjectNode().put("model", name(version));
        for (JsonNode text : request.required("input")) {
            ArrayNode data = answer.withArray("data");
            int index = data.size();
            data.addObject().put("index", index).put("embedding", base64(vector(text.asText(), version)));
        }
        exchange.getResponseHeaders().add("X-Millrace-Space", "space");
        answer(exchange, 200, answer);
        boolean steady =
                model.equals(EncoderClient.STABLE) && request.required("input").size() == 1;
        if (steady && offset.get() / window > served.get()) {
            publish(served.get() + 1);
        }
    }

    private float[] vector(String text, int version) {
        int example = exampleOf.get(text);
        Random random = new Random(example % LESSONS < version ? example : 1000 + text.hashCode());
        float[] vector = new float[DIMENSIONS];
        double length = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
            length += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private final class Log implements PairsLog {
        @Override
        public long beyond(Map<String, Long> learned) {
            // The rest that fills no window is learned by nobody here; the real trainer takes it after a while.
            return Math.max(0, offset.longValue() / window * window - learned.getOrDefault(PARTITION, 0L));
        }

        @Override
        public Optional<Place> place(String id) {
            return Optional.ofNullable(places.get(id));
        }

        @Override
        public void close() {}
    }
}

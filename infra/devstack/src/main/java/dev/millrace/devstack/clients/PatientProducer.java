package dev.millrace.devstack.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.devstack.process.Await;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A producer as the contract wants it: what was not acknowledged is posted again, under the same ids. */
public final class PatientProducer {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI ingestion;
    private final Await patience;

    /** Posts to this ingestion for as long as {@code patience} lasts, whatever the answers. */
    public PatientProducer(URI ingestion, Await patience) {
        this.ingestion = ingestion;
        this.patience = patience;
    }

    /** What became of an item. */
    public enum Fate {
        /** Durable on the broker. */
        ACCEPTED,
        /** Malformed, never sent. */
        REFUSED,
        /** Nobody knows: to be posted again. */
        OPEN
    }

    /** Posts until ingestion has accepted or refused every pair; as {@link #post}. */
    public List<Fate> pairs(List<Pair> pairs) {
        return post("/v1/pairs", pairs.stream().map(EventJson::write).toList());
    }

    /** As {@link #pairs}. */
    public List<Fate> impressions(List<Impression> impressions) {
        return post(
                "/v1/impressions", impressions.stream().map(EventJson::write).toList());
    }

    /** As {@link #pairs}. */
    public List<Fate> clicks(List<Click> clicks) {
        return post("/v1/clicks", clicks.stream().map(EventJson::write).toList());
    }

    /**
     * Posts until ingestion has accepted or refused every item.
     *
     * @param items JSON, one event each, well-formed or not
     * @return by item {@link Fate#ACCEPTED} or {@link Fate#REFUSED}
     */
    public List<Fate> post(String path, List<byte[]> items) {
        List<Fate> fates = new ArrayList<>(Collections.nCopies(items.size(), Fate.OPEN));
        patience.until(() -> "posting to " + path, () -> {
            attempt(path, items, fates);
            return !fates.contains(Fate.OPEN);
        });
        return fates;
    }

    private void attempt(String path, List<byte[]> items, List<Fate> fates) throws InterruptedException {
        List<Integer> open = IntStream.range(0, items.size())
                .filter(index -> fates.get(index) == Fate.OPEN)
                .boxed()
                .toList();
        try {
            JsonNode answer =
                    json.readTree(send(path, array(open.stream().map(items::get).toList())));
            for (JsonNode outcome : answer.path("outcomes")) {
                fates.set(
                        open.get(outcome.path("index").asInt()),
                        fate(outcome.path("status").asText()));
            }
        } catch (IOException e) {
            // Ingestion is down for a moment or says something else than JSON: the ids make the repeat safe.
            return;
        }
    }

    private static Fate fate(String status) {
        return switch (status) {
            case "accepted" -> Fate.ACCEPTED;
            case "refused" -> Fate.REFUSED;
            default -> Fate.OPEN;
        };
    }

    private byte[] send(String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ingestion.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    private static byte[] array(List<byte[]> items) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        char before = '[';
        for (byte[] item : items) {
            body.write(before);
            body.writeBytes(item);
            before = ',';
        }
        body.write(']');
        return body.toByteArray();
    }
}

package dev.millrace.client.ingestion;

import dev.millrace.client.failure.ClientException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.http.Connection;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Posts events through the front door. A receipt says item by item what is durable; what was not acknowledged, or came at a
 * busy time, has been posted again as {@link ClientSettings#retries} allows. Safe for use by several threads.
 *
 * <p>Every method throws a {@link ClientException} when nothing of the batch is known to have been taken.
 */
public final class IngestionClient {
    private final Connection connection;

    public IngestionClient(ClientSettings settings) {
        this.connection = new Connection(settings);
    }

    /** Posts one pair. */
    public Outcome pair(Pair pair) throws InterruptedException {
        return pairs(List.of(pair)).outcomes().get(0);
    }

    /** Posts one impression. */
    public Outcome impression(Impression impression) throws InterruptedException {
        return impressions(List.of(impression)).outcomes().get(0);
    }

    /** Posts one click. */
    public Outcome click(Click click) throws InterruptedException {
        return clicks(List.of(click)).outcomes().get(0);
    }

    /** Posts pairs as one batch, of as many as {@code millrace.ingestion.max-items} and the body's limit allow. */
    public Receipt pairs(List<Pair> pairs) throws InterruptedException {
        return post(EventKind.PAIRS, pairs.stream().map(EventJson::write).toList());
    }

    /** Posts impressions, as {@link #pairs}. */
    public Receipt impressions(List<Impression> impressions) throws InterruptedException {
        return post(
                EventKind.IMPRESSIONS,
                impressions.stream().map(EventJson::write).toList());
    }

    /** Posts clicks, as {@link #pairs}. */
    public Receipt clicks(List<Click> clicks) throws InterruptedException {
        return post(EventKind.CLICKS, clicks.stream().map(EventJson::write).toList());
    }

    /** Posts documents, as {@link #pairs}. */
    public Receipt documents(List<Document> documents) throws InterruptedException {
        return post(
                EventKind.DOCUMENTS, documents.stream().map(EventJson::write).toList());
    }

    /**
     * Posts events that are JSON already.
     *
     * @param items UTF-8 JSON, one event each; a malformed one is refused and hurts no other
     */
    public Receipt post(EventKind kind, List<byte[]> items) throws InterruptedException {
        if (items.isEmpty()) {
            return new Receipt(List.of());
        }
        final List<byte[]> posted = List.copyOf(items);
        return send(new Batch(
                posted.size(),
                open -> connection.post(
                        kind.path(), array(open.stream().map(posted::get).toList()))));
    }

    /** Has the document of this id forgotten; what was learned from it stays learned. */
    public Outcome forgetDocument(String id) throws InterruptedException {
        final String path = EventKind.DOCUMENTS.path() + "/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        return send(new Batch(1, open -> connection.delete(path))).outcomes().get(0);
    }

    private Receipt send(Batch batch) throws InterruptedException {
        try {
            return connection.patiently(() -> batch.attempt(connection));
        } catch (ClientException e) {
            if (batch.known()) {
                return batch.receipt();
            }
            throw connection.failed(e);
        }
    }

    private static byte[] array(List<byte[]> items) {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
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

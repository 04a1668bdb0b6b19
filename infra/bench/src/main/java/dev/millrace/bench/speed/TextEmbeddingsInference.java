package dev.millrace.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.command.AbsentException;
import dev.millrace.bench.command.Contender;
import dev.millrace.bench.command.Work;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running text-embeddings-inference, through its REST API; the way over HTTP is part of its figure. */
final class TextEmbeddingsInference implements Contender {
    private static final int BATCH = 32;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI embed;

    /** @throws AbsentException when nobody answers there */
    TextEmbeddingsInference(URI url) {
        embed = url.resolve("/embed");
        embed(List.of("hello"));
    }

    @Override
    public String who() {
        return "text-embeddings-inference";
    }

    @Override
    public String precision() {
        return "as started";
    }

    @Override
    public double measure(Work work) {
        if (work.kind() == Work.Kind.TRAIN) {
            throw new AbsentException("it does not train");
        }
        return Timing.encoding(work, texts -> {
            for (int from = 0; from < texts.size(); from += BATCH) {
                embed(texts.subList(from, Math.min(texts.size(), from + BATCH)));
            }
        });
    }

    private void embed(List<String> texts) {
        try {
            byte[] body = json.writeValueAsBytes(Map.of("inputs", texts, "normalize", true));
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(embed)
                            .timeout(LIMIT)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            JsonNode rows = json.readTree(response.body());
            if (response.statusCode() != 200 || rows.size() != texts.size()) {
                throw new AbsentException(
                        embed + " answered " + response.statusCode() + " with " + rows.size() + " rows");
            }
        } catch (IOException e) {
            throw new AbsentException(embed + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbsentException("interrupted", e);
        }
    }

    @Override
    public void close() {
        // Nothing of its own is held.
    }
}

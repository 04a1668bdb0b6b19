package dev.millrace.devstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.events.Pair;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A producer as the contract wants it: what was not acknowledged is posted again, under the same ids. */
final class Producer {
    private static final int ACCEPTED = 202;
    private static final int REFUSED = 400;

    private final HttpClient http = HttpClient.newHttpClient();
    private final DevStack stack;

    Producer(DevStack stack) {
        this.stack = stack;
    }

    /** Posts until ingestion has answered for every pair; returns what it refused, as it said it. */
    List<String> post(List<Pair> pairs) {
        List<String> refused = new ArrayList<>();
        new Await(Screen.stdout(), Duration.ofMinutes(2)).until(() -> "posting " + pairs.size() + " pairs", () -> {
            try {
                return answered(pairs, refused);
            } catch (IOException e) {
                // Ingestion is down for a moment: the ids make the repeat safe.
                return false;
            }
        });
        return refused;
    }

    private boolean answered(List<Pair> pairs, List<String> refused) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        stack.endpoints().ingestion().resolve("/v1/pairs"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(TestPairs.json(pairs)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != ACCEPTED && response.statusCode() != REFUSED) {
            return false;
        }
        for (JsonNode outcome : new ObjectMapper().readTree(response.body()).path("outcomes")) {
            if (!outcome.path("status").asText().equals("accepted")) {
                refused.add(outcome.toString());
            }
        }
        return true;
    }
}

package dev.millrace.devstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.events.Click;
import dev.millrace.events.EventJson;
import dev.millrace.events.Impression;
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
        return post("/v1/pairs", TestEvents.json(pairs, EventJson::write));
    }

    List<String> postImpressions(List<Impression> impressions) {
        return post("/v1/impressions", TestEvents.json(impressions, EventJson::write));
    }

    List<String> postClicks(List<Click> clicks) {
        return post("/v1/clicks", TestEvents.json(clicks, EventJson::write));
    }

    private List<String> post(String path, String json) {
        List<String> refused = new ArrayList<>();
        new Await(Screen.stdout(), Duration.ofMinutes(2)).until(() -> "posting to " + path, () -> {
            try {
                return answered(path, json, refused);
            } catch (IOException e) {
                // Ingestion is down for a moment: the ids make the repeat safe.
                return false;
            }
        });
        return refused;
    }

    private boolean answered(String path, String json, List<String> refused) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        stack.endpoints().ingestion().resolve(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(json))
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

package dev.millrace.devstack.demo.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Posts events through the front door. */
public final class IngestionClient {
    private final ObjectMapper json = new ObjectMapper();
    private final RestClient rest;
    private final Traffic traffic;

    public IngestionClient(RestClient rest, Traffic traffic) {
        this.rest = rest;
        this.traffic = traffic;
    }

    public void pairs(List<Pair> pairs) throws InterruptedException {
        post("/v1/pairs", pairs, EventJson::write);
    }

    public void impressions(List<Impression> impressions) throws InterruptedException {
        post("/v1/impressions", impressions, EventJson::write);
    }

    public void clicks(List<Click> clicks) throws InterruptedException {
        post("/v1/clicks", clicks, EventJson::write);
    }

    private <T> void post(String path, List<T> items, Function<T, byte[]> writer) throws InterruptedException {
        if (items.isEmpty()) {
            return;
        }
        RestClient.Answer answer = rest.postPatiently(path, array(items, writer));
        try {
            int accepted = json.readTree(answer.body()).path("accepted").asInt();
            if (accepted != items.size()) {
                traffic.failed("POST " + path + ": " + accepted + " of " + items.size() + " accepted");
            }
        } catch (IOException e) {
            throw rest.senseless(path, e);
        }
    }

    private static <T> byte[] array(List<T> items, Function<T, byte[]> writer) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        char before = '[';
        for (T item : items) {
            body.write(before);
            body.writeBytes(writer.apply(item));
            before = ',';
        }
        body.write(']');
        return body.toByteArray();
    }
}

package dev.millrace.devstack.demo.stack;

import dev.millrace.client.encoder.Embeddings;
import dev.millrace.client.encoder.EncoderClient;
import dev.millrace.client.failure.ClientException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.http.RetryPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Everything the demo asks of the encoder; every request is counted. */
public final class EncoderTraffic {
    private static final int BATCH = 128;

    private final EncoderClient once;
    private final EncoderClient patient;

    public EncoderTraffic(URI encoder, Traffic traffic) {
        ClientSettings settings = ClientSettings.at(encoder).withListener(traffic);
        this.once = new EncoderClient(settings.withRetries(RetryPolicy.NONE));
        this.patient = new EncoderClient(settings);
    }

    /**
     * One text, asked once: for traffic in which a refusal counts.
     *
     * @throws ClientException whatever the reason that there is no vector
     */
    public Embeddings embed(String text) throws InterruptedException {
        return once.embed(text);
    }

    /**
     * Many texts, however often the encoder asks to be asked again.
     *
     * @throws ClientException whatever the reason that there are no vectors
     */
    public List<float[]> embed(String model, List<String> texts) throws InterruptedException {
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            vectors.addAll(patient.embed(model, batch).vectors());
        }
        return vectors;
    }
}
